// BLAKE2b-256 under a key derived from a secret key: who has not that key cannot make the digest.
//
// Shapes   key = crypto_kdf(seed, subkey 1, context of 8 bytes); digest of 32 bytes
// Source   libsodium: crypto_kdf_derive_from_key, crypto_generichash
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"

namespace lexecon::crypto {

inline constexpr std::size_t keyed_digest_bytes = 32;

/// Wiped when it goes, never copied.
class DigestKey {
 public:
  /// `context` is 8 bytes: keys of different contexts know nothing of each other.
  DigestKey(const SecretKey& from, std::string_view context);
  ~DigestKey();
  DigestKey(const DigestKey&) = delete;
  DigestKey& operator=(const DigestKey&) = delete;

  /// Of the parts one after the other.
  [[nodiscard]] std::string digest(std::initializer_list<std::string_view> parts) const;
  /// Whether `digest` is theirs, compared in constant time.
  [[nodiscard]] bool confirms(std::string_view digest,
                              std::initializer_list<std::string_view> parts) const;

 private:
  std::array<std::uint8_t, 32> key_{};
};

}  // namespace lexecon::crypto
