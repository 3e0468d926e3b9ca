// SHA-256 through libcrypto's EVP, with the digest fetched once per process.
//
// Errors   Error{internal} when libcrypto has no SHA-256
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"

namespace lexecon::crypto {

[[nodiscard]] Hash sha256(std::string_view bytes);
/// SHA-256 of the parts one after the other.
[[nodiscard]] Hash sha256(std::initializer_list<std::string_view> parts);

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
