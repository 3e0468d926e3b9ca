#include "crypto/versions.hpp"

#include <openssl/crypto.h>

#include "crypto/sodium.hpp"

namespace lexecon::crypto {

std::string library_versions() {
  return std::string("libsodium ") + sodium_version_string() + ", OpenSSL " +
         OpenSSL_version(OPENSSL_VERSION_STRING);
}

}  // namespace lexecon::crypto
