#include "token/token.hpp"

#include <initializer_list>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "token/claims.hpp"

namespace lexecon::token {
namespace {

constexpr std::string_view prefix = "cap_";
constexpr std::string_view paseto_header = "v4.public.";
constexpr std::size_t signature_bytes = 64;
constexpr std::size_t signature_characters = 86;

[[noreturn]] void malformed(const std::string& expected) {
  throw Error(ErrorCode::bad_input, "malformed token: expected " + expected);
}

std::string le64(std::uint64_t value) {
  std::string out;
  for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>(value >> shift & 0xFFU);
  return out;
}

/// PASETO's PAE: the count of pieces, then each after its length.
std::string pieces(std::initializer_list<std::string_view> list) {
  std::string out = le64(list.size());
  for (const auto piece : list) out.append(le64(piece.size())).append(piece);
  return out;
}

void require_size(std::size_t size) {
  if (size > max_token_bytes) {
    throw Error(ErrorCode::bad_input,
                "expected a token of at most 4,096 bytes, got " + std::to_string(size));
  }
}

std::string text_of(std::string_view message, std::string_view signature) {
  return std::string(prefix) + to_base64url(message) + "_" + to_base64url(signature);
}

Token from_parts(std::string message, std::string signature) {
  if (signature.size() != signature_bytes) malformed("a signature of 64 bytes");
  Token out{parse_message(message), std::move(message), std::move(signature)};
  require_size(to_text(out).size());
  return out;
}

std::string decode(std::string_view text) {
  auto bytes = from_base64url(text);
  if (!bytes) malformed("base64url without padding");
  return std::move(*bytes);
}

}  // namespace

std::string mint(const Claims& claims, const crypto::SecretKey& key) {
  if (claims.kid != key.public_key().kid()) {
    throw Error(ErrorCode::bad_input, "expected the kid of the key that signs", "/kid");
  }
  const std::string message = to_message(claims);
  std::string out = text_of(message, key.sign(pre_authentication(message, {}, token_type)));
  require_size(out.size());
  return out;
}

Token parse(std::string_view text) {
  require_size(text.size());
  constexpr std::size_t around = prefix.size() + 1 + signature_characters;
  if (!text.starts_with(prefix) || text.size() <= around) malformed("`cap_<claims>_<signature>`");
  const std::size_t separator = text.size() - signature_characters - 1;
  // base64url has a `_` of its own, so the signature is found by its length.
  if (text[separator] != '_') malformed("`_` before the signature, the last 86 characters");
  Token out = from_parts(decode(text.substr(prefix.size(), separator - prefix.size())),
                         decode(text.substr(separator + 1)));
  if (to_text(out) != text) malformed("the text that its claims and signature are written as");
  return out;
}

std::string to_text(const Token& token) { return text_of(token.message, token.signature); }

bool signed_by(const Token& token, const crypto::PublicKey& key) {
  return crypto::verify(key, pre_authentication(token.message, {}, token_type), token.signature);
}

Hash token_hash(std::string_view text) { return crypto::sha256(text); }

std::string to_paseto(const Token& token) {
  return std::string(paseto_header) + to_base64url(token.message + token.signature);
}

Token from_paseto(std::string_view text) {
  if (!text.starts_with(paseto_header)) malformed("`v4.public.` at the start");
  // Never more characters than in `cap_...`, so this refuses nothing that would fit there.
  require_size(text.size() - paseto_header.size());
  const std::string bytes = decode(text.substr(paseto_header.size()));
  if (bytes.size() <= signature_bytes) malformed("claims before the signature");
  const std::size_t length = bytes.size() - signature_bytes;
  Token out = from_parts(bytes.substr(0, length), bytes.substr(length));
  if (to_paseto(out) != text) malformed("the text that its claims and signature are written as");
  return out;
}

std::string pre_authentication(std::string_view message, std::string_view footer,
                               std::string_view implicit) {
  return pieces({paseto_header, message, footer, implicit});
}

}  // namespace lexecon::token
