// What the entries say of a token, beside which its row stands.
//
// Errors   Error{integrity} when a row and the entries differ
// Source   lexecon-ledger(5), token.*
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "registry/tokens.hpp"

namespace lexecon::registry {

/// What became of a token after its issue.
struct TokenEnd {
  std::int64_t used = 0;
  std::optional<std::uint64_t> revoked_seq;
  std::optional<std::string> revoked_reason;
};
using TokenEnds = std::map<std::string, TokenEnd, std::less<>>;  // by jti

/// Of every token that was used or revoked.
[[nodiscard]] TokenEnds all_ends(store::Database& database);
/// The row as the entries say it, with its actor; they are looked through from its issue on.
[[nodiscard]] TokenRow believed(store::Database& database, const TokenRow& row);
[[nodiscard]] TokenRow believed(store::Database& database, const TokenRow& row,
                                const TokenEnd& end);
/// No token of a decision may be without its row.
void require_all_tokens(store::Database& database, std::string_view decision_id,
                        std::span<const TokenRow> rows);

}  // namespace lexecon::registry
