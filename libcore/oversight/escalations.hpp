// Escalations on record, and where each stands.
//
// Shapes   state pending, in_progress, resolved; outcome approved, denied, deferred, escalated_up
// Source   lexecon-ledger(5), escalation.*
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/entropy.hpp"
#include "chain/entry.hpp"
#include "risk/model.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

struct EscalationRow {
  std::uint64_t seq = 0;  // the entry that opened it
  std::string escalation_id;
  std::string decision_id;
  std::string priority;
  std::string state;
  std::optional<std::string> outcome;  // once resolved
};

/// The escalation that a decision opened, its entry hashed again; state and outcome are the row's.
[[nodiscard]] std::optional<EscalationRow> escalation_of(store::Database& database,
                                                         std::string_view decision_id);
/// The entry that opened it.
[[nodiscard]] std::optional<std::uint64_t> find_escalation(store::Database& database,
                                                           std::string_view escalation_id);
/// How it was resolved, from the entries; nothing while it is open. Error{integrity} when the row says
/// anything else.
[[nodiscard]] std::optional<std::string> outcome_on_record(store::Database& database,
                                                           const EscalationRow& row);
[[nodiscard]] std::uint64_t count_open_escalations(store::Database& database);
/// esc_<decision id>_<8 hex>, drawn again while it is taken.
[[nodiscard]] std::string new_escalation_id(store::Database& database,
                                            const std::string& decision_id, Entropy& entropy);
/// How urgent a decision of that risk is: the level, and medium when it is unknown.
[[nodiscard]] std::string_view priority_of(risk::Level level);

void apply_escalation(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
