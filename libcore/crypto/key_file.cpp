#include "crypto/key_file.hpp"

#include "base/error.hpp"
#include "crypto/pem.hpp"
#include "crypto/sodium.hpp"

namespace lexecon::crypto {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view public_label = "PUBLIC KEY";
constexpr std::string_view secret_label = "PRIVATE KEY";
constexpr std::string_view encrypted_label = "LEXECON ENCRYPTED PRIVATE KEY";
constexpr std::string_view spki_head = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"sv;
constexpr std::string_view pkcs8_head =
    "\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20"sv;
constexpr std::string_view magic = "lexecon-key/1\0"sv;

constexpr std::size_t max_file_bytes = 4096;
constexpr std::size_t seed_bytes = crypto_sign_SEEDBYTES;
constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t box_bytes = seed_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;
/// What the box authenticates: magic, cost and salt.
constexpr std::size_t header_bytes = magic.size() + 8 + salt_bytes;
constexpr std::uint32_t max_operations = 10;
constexpr std::uint32_t max_memory_kib = 1'048'576;
constexpr std::uint32_t min_memory_kib = crypto_pwhash_MEMLIMIT_MIN / 1024;

/// A string of secret bytes, wiped when it goes.
struct Secret {
  explicit Secret(std::string taken) : bytes(std::move(taken)) {}
  ~Secret() { sodium_memzero(bytes.data(), bytes.size()); }
  Secret(Secret&& other) noexcept { bytes.swap(other.bytes); }
  Secret& operator=(Secret&&) = delete;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  std::string bytes;
};

std::string le32(std::uint32_t value) {
  std::string out;
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFFU);
  return out;
}

std::uint32_t read_le32(std::string_view bytes) {
  std::uint32_t out = 0;
  for (std::size_t i = 4; i > 0; --i) out = out << 8U | static_cast<unsigned char>(bytes[i - 1]);
  return out;
}

bool is_allowed(Argon2Cost cost) {
  return cost.operations >= crypto_pwhash_OPSLIMIT_MIN && cost.operations <= max_operations &&
         cost.memory_kib >= min_memory_kib && cost.memory_kib <= max_memory_kib;
}

Secret derive(std::string_view passphrase, std::string_view salt, Argon2Cost cost) {
  use_sodium();
  Secret key(std::string(crypto_aead_xchacha20poly1305_ietf_KEYBYTES, '\0'));
  const std::size_t memory = std::size_t{cost.memory_kib} * 1024;
  if (crypto_pwhash(writable(key.bytes), key.bytes.size(), passphrase.data(), passphrase.size(),
                    octets(salt), cost.operations, memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Error(ErrorCode::io, "Argon2id could not have its " + std::to_string(cost.memory_kib) +
                                   " KiB of memory");
  }
  return key;
}

SecretKey from_seed_body(std::string_view body, const std::string& where) {
  if (body.size() != pkcs8_head.size() + seed_bytes || !body.starts_with(pkcs8_head)) {
    throw Error(ErrorCode::bad_input, "expected an Ed25519 private key in PKCS#8", where);
  }
  return SecretKey::from_seed(body.substr(pkcs8_head.size()));
}

SecretKey open_encrypted(std::string_view body, const Passphrase& passphrase,
                         const std::string& where) {
  const auto damaged = [&](const std::string& what) {
    return Error(ErrorCode::not_permitted, "the encrypted key file is damaged: " + what, where);
  };
  if (body.size() != header_bytes + nonce_bytes + box_bytes || !body.starts_with(magic)) {
    throw damaged("expected `lexecon-key/1` and " +
                  std::to_string(header_bytes + nonce_bytes + box_bytes) + " bytes");
  }
  const Argon2Cost cost{read_le32(body.substr(magic.size())),
                        read_le32(body.substr(magic.size() + 4))};
  // SECURITY: the cost is read before anything is authenticated, so it is bounded first.
  if (!is_allowed(cost)) throw damaged("expected at most 10 operations and 1 GiB of memory");
  if (!passphrase) {
    throw Error(ErrorCode::not_permitted, "the key file needs a passphrase", where);
  }
  const Secret given(passphrase());
  const Secret key = derive(given.bytes, body.substr(magic.size() + 8, salt_bytes), cost);
  const std::string_view nonce = body.substr(header_bytes, nonce_bytes);
  const std::string_view box = body.substr(header_bytes + nonce_bytes);
  Secret seed(std::string(seed_bytes, '\0'));
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          writable(seed.bytes), nullptr, nullptr, octets(box), box.size(), octets(body),
          header_bytes, octets(nonce), octets(key.bytes)) != 0) {
    throw Error(ErrorCode::not_permitted, "wrong passphrase, or a damaged key file", where);
  }
  return SecretKey::from_seed(seed.bytes);
}

}  // namespace

std::string public_pem(const PublicKey& key) {
  return pem_text(public_label, std::string(spki_head) + std::string(key.view()));
}

PublicKey parse_public_pem(std::string_view text, const std::string& where) {
  const std::string body = parse_pem(text, public_label, where);
  if (!body.starts_with(spki_head)) {
    throw Error(ErrorCode::bad_input, "expected an Ed25519 public key in SPKI", where);
  }
  return public_key(std::string_view(body).substr(spki_head.size()), where);
}

std::string secret_pem(const SecretKey& key) {
  const Secret body(std::string(pkcs8_head) + std::string(key.seed()));
  return pem_text(secret_label, body.bytes);
}

std::string encrypted_pem(const SecretKey& key, std::string_view passphrase, Entropy& entropy,
                          Argon2Cost cost) {
  if (passphrase.empty()) throw Error(ErrorCode::bad_input, "the passphrase is empty");
  if (!is_allowed(cost)) {
    throw Error(ErrorCode::bad_input,
                "expected 1 to 10 operations and 8 KiB to 1 GiB of memory for Argon2id");
  }
  const std::string salt = entropy.bytes(salt_bytes);
  const std::string nonce = entropy.bytes(nonce_bytes);
  const std::string header =
      std::string(magic) + le32(cost.operations) + le32(cost.memory_kib) + salt;
  const Secret secret = derive(passphrase, salt, cost);
  std::string box(box_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(writable(box), nullptr, octets(key.seed()), seed_bytes,
                                             octets(header), header.size(), nullptr, octets(nonce),
                                             octets(secret.bytes));
  return pem_text(encrypted_label, header + nonce + box);
}

bool is_encrypted(std::string_view text) { return pem_label(text) == encrypted_label; }

SecretKey parse_secret_pem(std::string_view text, const Passphrase& passphrase,
                           const std::string& where) {
  if (text.size() > max_file_bytes) {
    throw Error(ErrorCode::bad_input, "expected a key file of at most 4 KiB", where);
  }
  if (is_encrypted(text)) {
    return open_encrypted(parse_pem(text, encrypted_label, where), passphrase, where);
  }
  const Secret body(parse_pem(text, secret_label, where));
  return from_seed_body(body.bytes, where);
}

SecretKey load_secret_key(const Path& path, const Passphrase& passphrase) {
  const Secret text(read_private_file(path, max_file_bytes));
  return parse_secret_pem(text.bytes, passphrase, path.string());
}

}  // namespace lexecon::crypto
