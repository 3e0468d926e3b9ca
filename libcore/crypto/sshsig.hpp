// Signatures that `ssh-keygen -Y sign` makes with an operator's key: namespace `lexecon`, sha512.
//
// Shapes   body = "SSHSIG" || 00000001 || string blob || string "lexecon" || string "" ||
//                 string "sha512" || string (string type || string signature [|| flags || counter])
//          signed = "SSHSIG" || string "lexecon" || string "" || string "sha512" ||
//                   string SHA-512(message); a hardware key signs
//                   SHA-256("ssh:") || flags || counter || SHA-256(signed)
// Units    at most 4096 bytes of armor: 70 columns, LF, nothing before or after
// Source   OpenSSH: PROTOCOL.sshsig, PROTOCOL.u2f; stricter, and never laxer, than ssh-keygen
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "crypto/ssh_signer.hpp"

namespace lexecon::crypto {

inline constexpr std::string_view sshsig_namespace = "lexecon";
inline constexpr std::size_t max_sshsig_bytes = 4'096;

/// Why a signature does not count; the first that applies.
enum class SshsigFault : std::uint8_t {
  bad_armor,         // not a signature exactly as ssh-keygen writes it
  wrong_key,         // made with a key that is not the signer's
  wrong_namespace,   // made for something else, such as a commit of git
  wrong_hash,        // over another digest than sha512
  bad_signature,     // over another message, or altered
  no_user_presence,  // a hardware key signed and nobody touched it
};
[[nodiscard]] std::string_view to_string(SshsigFault fault);

/// What is wrong with the signature; nothing when `signer` signed `message` with it.
[[nodiscard]] std::optional<SshsigFault> sshsig_fault(std::string_view armored,
                                                      std::string_view message,
                                                      const SshSigner& signer);

}  // namespace lexecon::crypto
