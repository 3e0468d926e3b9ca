// A public key with a name, in the four texts that others read: vkey, PEM, minisign, OpenSSH.
//
// Shapes   key_id = SHA-256(name || 0x0A || 0x01 || public key)[0:4]
//          vkey = name "+" hex(key_id) "+" base64(0x01 || public key)
//          minisign key id = the 8 bytes of the kid
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

/// `type` is 0x01 for a log's key, 0x04 for a witness (cosignature/v1).
[[nodiscard]] KeyId key_id(const Identity& identity, std::uint8_t type = 0x01);
[[nodiscard]] std::string vkey(const Identity& identity);
[[nodiscard]] Identity parse_vkey(std::string_view text, const std::string& where = {});
/// Names of signed notes: not empty, valid UTF-8, no white space, no '+'.
[[nodiscard]] bool is_key_name(std::string_view name);

[[nodiscard]] std::string minisign_public_key(const PublicKey& key, std::string_view comment);
[[nodiscard]] PublicKey parse_minisign_public_key(std::string_view text, const std::string& where = {});
[[nodiscard]] std::string ssh_public_key(const PublicKey& key, std::string_view comment);
[[nodiscard]] PublicKey parse_ssh_public_key(std::string_view text, const std::string& where = {});

/// A key that somebody pinned, in any of the four forms; only a vkey carries a name.
struct Pin {
  std::optional<std::string> name;
  PublicKey key;
};
[[nodiscard]] Pin parse_pin(std::string_view text, const std::string& where = {});

}  // namespace lexecon::crypto
