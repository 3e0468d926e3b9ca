// Minting the token of an approval: its terms, its record, its text.
//
// Errors   Error{usage} for a life or an audience that no token may have
// Source   lexecon-token(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "decision/record.hpp"
#include "service/node.hpp"
#include "token/token.hpp"

namespace lexecon::service {

struct TokenTerms {
  std::string audience;
  std::int64_t life_seconds = token::default_life_seconds;
};

void check_token_options(const std::optional<std::string>& audience,
                         const std::optional<std::int64_t>& life_seconds);
/// What was asked for, else what node.yaml says, else `origin` and five minutes.
[[nodiscard]] TokenTerms token_terms(const std::string& origin, const decision::ActiveSet& set,
                                     const std::optional<std::string>& audience,
                                     const std::optional<std::int64_t>& life_seconds);
/// A record without its hash, under a new jti.
[[nodiscard]] decision::TokenRecord fresh_record(const TokenTerms& terms, Timestamp at,
                                                 const crypto::SecretKey& key, Entropy& entropy);

struct Minted {
  std::string text;
  token::Claims claims;
  decision::TokenRecord record;
};
[[nodiscard]] Minted mint_token(token::Claims claims, const crypto::SecretKey& key);

}  // namespace lexecon::service
