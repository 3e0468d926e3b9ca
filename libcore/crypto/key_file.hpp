// Key files: PKCS#8 and SPKI PEM as openssl reads them, and the encrypted form under a passphrase.
//
// Shapes   SPKI = 302a300506032b6570032100 || public key
//          PKCS8 = 302e020100300506032b657004220420 || seed
//          LEXECON ENCRYPTED PRIVATE KEY: header || nonce[24] || box
//          header = "lexecon-key/1" 0x00 || opslimit LE32 || memlimit KiB LE32 || salt[16]
//          box = XChaCha20-Poly1305(seed; key = Argon2id(passphrase, salt); AD = header)
// Units    on read at most 4 KiB of file, 10 operations and 1 GiB of memory
// Errors   Error{not_permitted} for a wrong passphrase, a damaged body, or an open file mode
// Source   RFC 8410; lexecon-ledger(5), Keys
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/entropy.hpp"
#include "base/files.hpp"
#include "crypto/ed25519.hpp"

namespace lexecon::crypto {

/// Gives the passphrase when one is needed.
using Passphrase = std::function<std::string()>;

[[nodiscard]] std::string public_pem(const PublicKey& key);
[[nodiscard]] PublicKey parse_public_pem(std::string_view text, const std::string& where = {});
[[nodiscard]] std::string secret_pem(const SecretKey& key);

/// What Argon2id may cost: the work to try one passphrase.
struct Argon2Cost {
  std::uint32_t operations = 3;
  std::uint32_t memory_kib = 262'144;
};
[[nodiscard]] std::string encrypted_pem(const SecretKey& key, std::string_view passphrase,
                                        Entropy& entropy, Argon2Cost cost = {});
/// Whether a key file is of the form that needs a passphrase.
[[nodiscard]] bool is_encrypted(std::string_view text);
/// Either form; `passphrase` is called only for the encrypted one.
[[nodiscard]] SecretKey parse_secret_pem(std::string_view text, const Passphrase& passphrase,
                                         const std::string& where = {});
/// read_private_file, then parse_secret_pem.
[[nodiscard]] SecretKey load_secret_key(const Path& path, const Passphrase& passphrase);

}  // namespace lexecon::crypto
