// Tokens on record: what the ledger keeps of each, its uses and its end.
//
// Shapes   found by decision id, which is ordered; jti and token_hash are compared, never indexed
// Source   lexecon-ledger(5), token.*
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/entry.hpp"
#include "decision/record.hpp"
#include "store/database.hpp"

namespace lexecon::registry {

struct TokenRow {
  std::uint64_t seq = 0;  // the entry that issued it
  std::string decision_id;
  std::string actor;
  decision::TokenRecord record;
  std::int64_t used = 0;
  std::optional<std::uint64_t> revoked_seq;
  std::optional<std::string> revoked_reason;
};

struct TokenFilter {
  std::optional<std::string> decision_id;
  std::optional<std::string> actor;
  std::optional<std::string> tenant;
  std::optional<Timestamp> from;  // of issue, inclusive
  std::optional<Timestamp> to;    // exclusive
  std::optional<std::uint64_t> limit;
  bool reverse = false;
};

[[nodiscard]] std::vector<TokenRow> tokens_of(store::Database& database,
                                              std::string_view decision_id);
[[nodiscard]] std::optional<TokenRow> token_by_jti(store::Database& database, std::string_view jti);
void each_token(store::Database& database, const TokenFilter& filter,
                const std::function<void(const TokenRow&)>& visit);

void apply_token(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::registry
