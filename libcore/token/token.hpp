// Capability tokens: mint, parse, check a signature, convert to PASETO and back.
//
// Shapes   token = "cap_" b64url(m) "_" b64url(sig); m = JCS of the claims;
//          sig = Ed25519(PAE("v4.public.", m, "", "lexecon-cap/1"))
// Units    times to the second; at most 4,096 bytes; uses 1 to 1,000,000; life at most 86,400 s
// Errors   Error{bad_input} for anything the minter would not have written
// Source   lexecon-token(5); PASETO v4.public
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "crypto/ed25519.hpp"

namespace lexecon::token {

inline constexpr std::size_t max_token_bytes = 4'096;
inline constexpr std::int64_t default_life_seconds = 300;
inline constexpr std::int64_t max_life_seconds = 86'400;
inline constexpr std::int64_t max_uses = 1'000'000;

struct Claims {
  std::string issuer;    // iss: the log's origin
  std::string subject;   // sub: actor id
  std::string audience;  // aud
  std::string kid;
  std::string jti;       // "tok_" and 32 hex digits
  Timestamp issued_at;   // iat and nbf, whole seconds
  Timestamp expires_at;  // exp, whole seconds
  std::string action;
  std::optional<std::string> tool;
  std::optional<std::string> resource;
  std::vector<std::string> data_classes;  // ascending, unique
  std::string policy_hash;                // 64 hex
  std::string decision_id;
  std::int64_t uses = 1;
  std::optional<std::string> params_hash;  // 64 hex: SHA-256 of the canonical parameters
  std::optional<std::string> tenant;
  friend bool operator==(const Claims&, const Claims&) = default;
};

/// The token's text. Error{bad_input} when a claim has the wrong shape or the token would be too long.
[[nodiscard]] std::string mint(const Claims& claims, const crypto::SecretKey& key);

struct Token {
  Claims claims;
  std::string message;    // m
  std::string signature;  // 64 bytes
};
/// Strict: decodes, reads the claims, encodes again and compares. Proves nothing yet.
[[nodiscard]] Token parse(std::string_view text);
[[nodiscard]] std::string to_text(const Token& token);
[[nodiscard]] bool signed_by(const Token& token, const crypto::PublicKey& key);
/// SHA-256 of the token's text.
[[nodiscard]] Hash token_hash(std::string_view text);

[[nodiscard]] std::string to_paseto(const Token& token);
[[nodiscard]] Token from_paseto(std::string_view text);
/// PASETO's pre-authentication encoding of v4.public with an implicit assertion.
[[nodiscard]] std::string pre_authentication(std::string_view message, std::string_view footer,
                                             std::string_view implicit);

}  // namespace lexecon::token
