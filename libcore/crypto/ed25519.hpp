// Ed25519 keys and signatures.
//
// Shapes   public key 32 bytes, seed 32 bytes, signature 64 bytes;
//          kid = first 16 hex digits of SHA-256(public key): selects a key, proves nothing
// Errors   Error{bad_input} for a public key that is not canonical or of small order
// Source   RFC 8032 with the checks of libsodium's crypto_sign_verify_detached
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/entropy.hpp"

namespace lexecon::crypto {

struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};

  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] std::string kid() const;
  friend auto operator<=>(const PublicKey&, const PublicKey&) = default;
};

/// Refuses what is not 32 bytes, not canonical or of small order.
[[nodiscard]] PublicKey public_key(std::string_view raw, const std::string& where = {});

/// A secret seed; wiped when it goes, never copied, has no text form but a key file.
class SecretKey {
 public:
  [[nodiscard]] static SecretKey generate(Entropy& entropy);
  /// `seed` must be 32 bytes.
  [[nodiscard]] static SecretKey from_seed(std::string_view seed);
  ~SecretKey();
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;

  [[nodiscard]] const PublicKey& public_key() const { return public_; }
  /// The 64 signature bytes.
  [[nodiscard]] std::string sign(std::string_view message) const;
  /// SECURITY: only for writing a key file.
  [[nodiscard]] std::string_view seed() const;

 private:
  SecretKey() = default;
  std::array<std::uint8_t, 64> secret_{};  // seed || public key, as libsodium keeps it
  PublicKey public_;
};

[[nodiscard]] bool verify(const PublicKey& key, std::string_view message,
                          std::string_view signature);

}  // namespace lexecon::crypto
