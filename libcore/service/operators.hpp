// Operators of a node: add, rotate the key, revoke, list.
//
// Shapes   operator.added {actors, operator, public_key, role}, .rotated, .revoked
// Errors   Error{bad_input} for a name or a key that somebody has or had; Error{not_permitted} without the
//          approval that it takes: none for the first, who must be an admin
// Source   lexecon-operator-add(1), lexecon-ledger(5), Approvals
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "authority/operators.hpp"
#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct NewOperator {
  std::string id;
  std::string public_key;  // "<type> <base64>"
  authority::Role role = authority::Role::viewer;
  std::vector<std::string> actors;  // with the long prefix
};
/// operator.added of it.
[[nodiscard]] Wanted added_by(const NewOperator& added);

[[nodiscard]] ledger::Appended add_operator(const Node& node, const NewOperator& added,
                                            const std::optional<Signatory>& signatory,
                                            Session& session);
[[nodiscard]] ledger::Appended rotate_operator(const Node& node, const std::string& id,
                                               const std::string& public_key,
                                               const std::optional<Signatory>& signatory,
                                               Session& session);
[[nodiscard]] ledger::Appended revoke_operator(const Node& node, const std::string& id,
                                               const std::string& reason,
                                               const std::optional<Signatory>& signatory,
                                               Session& session);
/// The document of the three, lexecon.operator_change/1.
[[nodiscard]] Json operator_change(const ledger::Appended& appended);

/// lexecon.operators/1: everybody who ever was one, by name, and from which entry on there were any.
[[nodiscard]] Json list_operators(const Node& node);

}  // namespace lexecon::service
