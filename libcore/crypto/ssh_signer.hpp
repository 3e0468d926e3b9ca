// The SSH key that an operator signs with: an Ed25519 key in a file, an agent or a FIDO2 token.
//
// Shapes   text = "ssh-ed25519 " base64(blob), or "sk-ssh-ed25519@openssh.com " base64(blob)
//          blob = string type || string key, and of a hardware key || string "ssh:"
// Errors   Error{bad_input} for a key of another type, not canonical or of small order
// Source   RFC 8709; OpenSSH, PROTOCOL.u2f
#pragma once

#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"

namespace lexecon::crypto {

/// What a FIDO2 token is asked for: a token's keys for web sites have other names.
inline constexpr std::string_view ssh_application = "ssh:";

struct SshSigner {
  bool is_hardware = false;  // in a FIDO2 token
  PublicKey key;

  [[nodiscard]] std::string_view type() const;
  [[nodiscard]] std::string blob() const;
  [[nodiscard]] std::string text() const;
  friend bool operator==(const SshSigner&, const SshSigner&) = default;
};

/// Exactly what text() writes.
[[nodiscard]] SshSigner parse_ssh_signer(std::string_view text, const std::string& where = {});
/// A `.pub` file: one line, whose comment and line ending may be absent.
[[nodiscard]] SshSigner parse_ssh_signer_file(std::string_view bytes,
                                              const std::string& where = {});

}  // namespace lexecon::crypto
