// Emergency stops: nothing is approved for whom one holds, no token issued, none accepted, until it is ended.
//
// Shapes   oversight.stopped {reason, scope, stop_id, target}, its note sealed as {"note": TEXT};
//          oversight.resumed {reason, stop_id}
// Errors   Error{bad_input} for a stop of what is stopped already, or the end of what was ended;
//          Error{not_found}; Error{not_permitted}: anybody who writes the node stops, an officer or
//          admin resumes
// Source   lexecon-oversight-stop(1), lexecon-oversight-resume(1), lexecon-ledger(5)
#pragma once

#include <optional>
#include <string>

#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct NewStop {
  std::string scope;                  // all, tenant, actor
  std::optional<std::string> target;  // the tenant, or the actor with the long prefix
  std::string reason;                 // a code
  std::optional<std::string> note;    // what a person wrote; it can be erased
};
/// lexecon.stop/1
[[nodiscard]] Json stop_agents(const Node& node, const NewStop& stop,
                               const std::optional<Signatory>& signatory, Session& session);
/// lexecon.resumption/1
[[nodiscard]] Json resume_agents(const Node& node, const std::string& stop_id,
                                 const std::string& reason,
                                 const std::optional<Signatory>& signatory, Session& session);

}  // namespace lexecon::service
