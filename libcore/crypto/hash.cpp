#include "crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/error.hpp"

namespace lexecon::crypto {
namespace {

[[noreturn]] void no_digest() {
  throw Error(ErrorCode::internal, "libcrypto could not compute a digest");
}

const EVP_MD* fetch(const char* name) {
  // SECURITY: the system's openssl.cnf must not choose who hashes. Without it, and without the names
  // of every cipher and digest, the first digest costs a fraction of what it would.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
                          OPENSSL_INIT_NO_ADD_ALL_DIGESTS,
                      nullptr);
  const EVP_MD* algorithm = EVP_MD_fetch(nullptr, name, nullptr);
  if (algorithm == nullptr) no_digest();
  return algorithm;
}

const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = fetch("SHA256");
  return fetched;
}

}  // namespace

struct Sha256::State {
  State() : context(EVP_MD_CTX_new()) {
    if (context == nullptr) no_digest();
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void begin() const {
    if (EVP_DigestInit_ex(context, algorithm(), nullptr) != 1) no_digest();
  }
  void update(std::string_view bytes) const {
    if (EVP_DigestUpdate(context, bytes.data(), bytes.size()) != 1) no_digest();
  }
  [[nodiscard]] Hash finish() const {
    Hash out;
    if (EVP_DigestFinal_ex(context, out.bytes.data(), nullptr) != 1) no_digest();
    return out;
  }

  EVP_MD_CTX* context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { state_->begin(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) { state_->update(bytes); }
Hash Sha256::finish() { return state_->finish(); }

Hash sha256(std::string_view bytes) { return sha256({bytes}); }

Hash sha256(std::initializer_list<std::string_view> parts) {
  // A context costs as much to make as 300 bytes to hash, so each thread keeps one.
  thread_local const Sha256::State digest;
  digest.begin();
  for (const auto part : parts) digest.update(part);
  return digest.finish();
}

std::string sha512(std::string_view bytes) {
  static const EVP_MD* const fetched = fetch("SHA512");
  std::string out(64, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
                 fetched, nullptr) != 1) {
    no_digest();
  }
  return out;
}

}  // namespace lexecon::crypto
