// Escalations on record, and where each stands.
//
// Errors   Error{integrity} where a row and the entries differ, or an entry cannot follow those before it
// Source   lexecon-ledger(5), Escalations
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/escalation.hpp"
#include "base/entropy.hpp"
#include "chain/entry.hpp"
#include "risk/model.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

/// The entry that opened an escalation.
struct Opened {
  std::uint64_t seq = 0;
  std::string escalation_id;
  std::string decision_id;
  Timestamp created_at;
  std::vector<std::string> reasons;
};

/// An escalation as its entries tell it.
struct Escalation {
  Opened opened;
  authority::EscalationStanding standing;
  std::optional<std::uint64_t> breached_seq;
  std::optional<std::uint64_t> resolved_seq;  // of the last answer
  std::optional<std::string> expires_at;      // of the last answer
};

/// The escalation that a decision opened, its entry hashed again.
[[nodiscard]] std::optional<Opened> escalation_of(store::Database& database,
                                                  std::string_view decision_id);
/// The entry that opened an escalation, as the tables have it.
[[nodiscard]] std::optional<std::uint64_t> find_escalation(store::Database& database,
                                                           std::string_view escalation_id);
/// Told by its entries, each hashed again, and held against its row; nothing when there is none.
[[nodiscard]] std::optional<Escalation> escalation_on_record(store::Database& database,
                                                             std::string_view escalation_id);
/// All of them, oldest first, likewise.
[[nodiscard]] std::vector<Escalation> escalations_on_record(store::Database& database);
[[nodiscard]] std::uint64_t count_open_escalations(store::Database& database);
/// esc_<decision id>_<8 hex>, drawn again while it is taken.
[[nodiscard]] std::string new_escalation_id(store::Database& database,
                                            const std::string& decision_id, Entropy& entropy);
/// How urgent a decision of that risk is: the level, and medium when it is unknown.
[[nodiscard]] std::string_view priority_of(risk::Level level);

/// What an entry escalation.* says to the rule of what may follow.
[[nodiscard]] authority::EscalationStep step_of(std::string_view event_type, const Json& data);

void apply_escalation(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
