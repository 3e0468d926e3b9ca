// What named people say about what is asked: recorded, and withdrawn.
//
// Shapes   compliance.declared, .assessed and .remediated, whose text is sealed beside the entry; compliance.withdrawn
// Errors   those of service/approval; Error{not_found} for a rulebook, an item, a kind of evidence, a system, evidence
//          or an operator that there is not; Error{bad_input} for what no statement may say. Nothing is recorded then
// Source   lexecon-compliance-declare(1); lexecon-ledger(5), compliance.declared
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "compliance/statements.hpp"
#include "json/json.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

/// Of `said`, who, when and the digest of the rulebook are not read. lexecon.statement/1
[[nodiscard]] Json state(const Node& node, compliance::Statement said, const std::string& text,
                         const std::optional<Signatory>& signatory, Session& session);
/// Takes the statement of an entry back, and says why by a code. lexecon.withdrawal/1
[[nodiscard]] Json withdraw_statement(const Node& node, std::uint64_t seq,
                                      const std::string& reason,
                                      const std::optional<Signatory>& signatory, Session& session);

/// Of the first `size` entries, each hashed again.
[[nodiscard]] compliance::Statements statements(
    store::Database& database, std::uint64_t size = std::numeric_limits<std::uint64_t>::max());

}  // namespace lexecon::service
