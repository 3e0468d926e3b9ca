// SHA-256 and SHA-512 through libcrypto's EVP, each digest fetched once per process.
//
// Errors   Error{internal} when libcrypto has no such digest
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace lexecon::crypto {

[[nodiscard]] Hash sha256(std::string_view bytes);
/// SHA-256 of the parts one after the other.
[[nodiscard]] Hash sha256(std::initializer_list<std::string_view> parts);

/// The 64 bytes of SHA-512: signatures of SSH keys hash with it, and nothing else does.
[[nodiscard]] std::string sha512(std::string_view bytes);

/// A running digest for streams.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(std::string_view bytes);
  /// Ends the digest; the object may only be destroyed afterwards.
  [[nodiscard]] Hash finish();

 private:
  friend Hash sha256(std::initializer_list<std::string_view> parts);
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lexecon::crypto
