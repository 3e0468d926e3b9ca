// Decisions on record.
//
// Shapes   rows are keyed by seq; decision ids are ordered and found through their index
// Source   lexecon-ledger(5), decision
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "chain/entry.hpp"
#include "risk/model.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

struct DecisionFilter {
  std::optional<std::string> actor;
  std::optional<std::string> action;
  std::optional<std::string> outcome;
  std::optional<std::string> tenant;
  std::optional<Timestamp> from;         // inclusive
  std::optional<Timestamp> to;           // exclusive
  std::optional<risk::Level> min_level;  // only what was scored, and no lower
  std::optional<std::uint64_t> limit;
  bool reverse = false;
};

/// Throws unless the newest decision has its row.
void require_newest_decision(store::Database& database);
/// The seq of the first decision at or behind a moment; nothing when none is.
[[nodiscard]] std::optional<std::uint64_t> first_from(store::Database& database, Timestamp moment);
/// The seq of a decision's entry.
[[nodiscard]] std::optional<std::uint64_t> find_decision(store::Database& database,
                                                         std::string_view decision_id);
/// The decision recorded under an idempotency key, which belongs to one tenant and actor.
[[nodiscard]] std::optional<std::uint64_t> find_repeat(store::Database& database,
                                                       const std::optional<std::string>& tenant,
                                                       std::string_view actor,
                                                       std::string_view idempotency_key);
/// The seq and the idempotency key of every decision that has one, oldest first.
void each_keyed_decision(store::Database& database,
                         const std::function<void(std::uint64_t, const std::string&)>& visit);
/// The seqs of the decisions that pass, oldest first unless reverse.
void each_decision(store::Database& database, const DecisionFilter& filter,
                   const std::function<void(std::uint64_t)>& visit);

void apply_decision(store::Database& database, const chain::Entry& entry);
void apply_confirmation(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
