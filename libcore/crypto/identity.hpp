// A public key with a name, in the four texts that others read: vkey, PEM, minisign, OpenSSH.
//
// Shapes   key_id = SHA-256(name || 0x0A || type || public key)[0:4], type 0x01 or 0x04
//          vkey = name "+" hex(key_id) "+" base64(type || public key), without a newline
//          minisign: two lines, each with its newline; key id = the 8 bytes of the kid
//          OpenSSH: "ssh-ed25519 " base64 [" " comment], without a newline
// Errors   Error{bad_input}
// Source   C2SP signed-note; minisign(1); RFC 8709
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"

namespace lexecon::crypto {

using KeyId = std::array<std::uint8_t, 4>;

struct Identity {
  std::string name;
  PublicKey key;
  friend bool operator==(const Identity&, const Identity&) = default;
};

/// What the key signs: notes as they are, or checkpoints as a witness does (cosignature/v1).
enum class KeyType : std::uint8_t { log = 0x01, witness = 0x04 };

[[nodiscard]] KeyId key_id(const Identity& identity, KeyType type = KeyType::log);
[[nodiscard]] std::string vkey(const Identity& identity, KeyType type = KeyType::log);
/// Only of that type: a key that stands for one purpose is not taken for the other.
[[nodiscard]] Identity parse_vkey(std::string_view text, const std::string& where = {},
                                  KeyType type = KeyType::log);
/// Names of signed notes: not empty, valid UTF-8, no white space or control character, no '+'.
[[nodiscard]] bool is_key_name(std::string_view name);

[[nodiscard]] std::string minisign_public_key(const PublicKey& key, std::string_view comment);
/// The final newline may be absent. The key id must be the kid.
[[nodiscard]] PublicKey parse_minisign_public_key(std::string_view text,
                                                  const std::string& where = {});
[[nodiscard]] std::string ssh_public_key(const PublicKey& key, std::string_view comment);
/// The comment may be absent, and a final newline present.
[[nodiscard]] PublicKey parse_ssh_public_key(std::string_view text, const std::string& where = {});

/// A key that somebody pinned, in any of the four forms; only a vkey carries a name.
struct Pin {
  std::optional<std::string> name;
  PublicKey key;
};
/// The final newline may be absent in any of them, as in a shell's $(cat FILE).
[[nodiscard]] Pin parse_pin(std::string_view text, const std::string& where = {});

}  // namespace lexecon::crypto
