// Decisions on record: one, many, or waiting for the end of an escalation.
//
// Errors   Error{not_found} for an unknown id or an erased request; Error{integrity} for an entry that does
//          not hash
// Source   lexecon-decision(1)
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "oversight/decisions.hpp"
#include "service/decide.hpp"

namespace lexecon::service {

/// The recorded decision, its entry hashed again; with `explain` judged again for its trace.
[[nodiscard]] Decision show_decision(const Node& node, const std::string& decision_id,
                                     bool explain);
void each_decision(const Node& node, const oversight::DecisionFilter& filter,
                   const std::function<void(const Decision&)>& visit);

/// A decision as its entry says.
[[nodiscard]] Decision as_recorded(chain::Entry entry, const Hash& hash);
/// The same, read and hashed again, with its escalation.
[[nodiscard]] Decision read_decision(store::Database& database, std::uint64_t seq);
/// The seq of a decision's entry; Error{not_found} with how to find the right id.
[[nodiscard]] std::uint64_t require_decision(store::Database& database,
                                             const std::string& decision_id);
/// The request of a decision; nothing once it was erased.
[[nodiscard]] std::optional<decision::Request> sealed_request(store::Database& database,
                                                              std::uint64_t seq);
/// The set that judged a decision, from the bytes on record; nothing when none was active.
[[nodiscard]] std::optional<decision::ActiveSet> set_that_judged(store::Database& database,
                                                                 const Json& data,
                                                                 std::uint64_t seq);
/// Judges a recorded decision again, from exactly what it was judged with.
[[nodiscard]] decision::Verdict rejudge(store::Database& database, std::uint64_t seq);
/// The timestamp that no new entry may fall behind.
[[nodiscard]] Timestamp last_entry_time(store::Database& database);

}  // namespace lexecon::service
