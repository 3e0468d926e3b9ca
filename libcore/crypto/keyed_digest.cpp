#include "crypto/keyed_digest.hpp"

#include "base/error.hpp"
#include "crypto/sodium.hpp"

namespace lexecon::crypto {

static_assert(crypto_generichash_BYTES == keyed_digest_bytes);

DigestKey::DigestKey(const SecretKey& from, std::string_view context) {
  static_assert(sizeof(key_) == crypto_generichash_KEYBYTES);
  use_sodium();
  const auto seed = from.seed();
  if (context.size() != crypto_kdf_CONTEXTBYTES || seed.size() != crypto_kdf_KEYBYTES) {
    throw Error(ErrorCode::internal, "a key is derived from 32 bytes and a context of 8");
  }
  crypto_kdf_derive_from_key(key_.data(), key_.size(), 1, context.data(), octets(seed));
}

DigestKey::~DigestKey() { sodium_memzero(key_.data(), key_.size()); }

std::string DigestKey::digest(std::initializer_list<std::string_view> parts) const {
  crypto_generichash_state state;
  std::string out(keyed_digest_bytes, '\0');
  crypto_generichash_init(&state, key_.data(), key_.size(), out.size());
  for (const auto part : parts) crypto_generichash_update(&state, octets(part), part.size());
  crypto_generichash_final(&state, writable(out), out.size());
  sodium_memzero(&state, sizeof(state));
  return out;
}

bool DigestKey::confirms(std::string_view digest,
                         std::initializer_list<std::string_view> parts) const {
  const auto expected = this->digest(parts);
  return digest.size() == expected.size() &&
         sodium_memcmp(digest.data(), expected.data(), expected.size()) == 0;
}

}  // namespace lexecon::crypto
