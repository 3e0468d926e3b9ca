// libsodium, ready for use. Only the sources of this folder include it.
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>

namespace lexecon::crypto {

/// Initialises libsodium once per process; Error{internal} when it cannot be used.
void use_sodium();

/// The bytes as libsodium takes them.
[[nodiscard]] inline const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// The bytes as libsodium writes them.
[[nodiscard]] inline unsigned char* writable(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace lexecon::crypto
