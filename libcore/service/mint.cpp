#include "service/mint.hpp"

#include "base/error.hpp"
#include "base/ids.hpp"

namespace lexecon::service {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::size_t jti_bytes = 16;

}  // namespace

void check_token_options(const std::optional<std::string>& audience,
                         const std::optional<std::int64_t>& life_seconds) {
  if (audience && !is_audience(*audience)) {
    throw Error(ErrorCode::usage, "expected an audience of 1 to 255 visible ASCII characters",
                "--aud");
  }
  if (life_seconds && (*life_seconds < 1 || *life_seconds > token::max_life_seconds)) {
    throw Error(ErrorCode::usage,
                "expected a life of 1 s to 24 h, got " + std::to_string(*life_seconds) + " s",
                "--ttl");
  }
}

TokenTerms token_terms(const std::string& origin, const decision::ActiveSet& set,
                       const std::optional<std::string>& audience,
                       const std::optional<std::int64_t>& life_seconds) {
  return {.audience = audience ? *audience : set.node.token_audience.value_or(origin),
          .life_seconds = life_seconds.value_or(set.node.token_life_seconds)};
}

decision::TokenRecord fresh_record(const TokenTerms& terms, Timestamp at,
                                   const crypto::SecretKey& key, Entropy& entropy) {
  const Timestamp second{at.micros - at.micros % micros_per_second};
  return {.audience = terms.audience,
          .issued_at = second,
          .expires_at = {second.micros + terms.life_seconds * micros_per_second},
          .jti = "tok_" + to_hex(entropy.bytes(jti_bytes)),
          .kid = key.public_key().kid(),
          .token_hash = {},
          .uses = 1};
}

Minted mint_token(token::Claims claims, const crypto::SecretKey& key) {
  Minted minted{.text = token::mint(claims, key), .claims = std::move(claims), .record = {}};
  minted.record = decision::token_record(minted.claims, minted.text);
  return minted;
}

}  // namespace lexecon::service
