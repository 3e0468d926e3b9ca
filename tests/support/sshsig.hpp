// Signatures as `ssh-keygen -Y sign` and a FIDO2 token write them, of parts that a test may change.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/sshsig.hpp"

namespace lexecon::test {

/// The key of tests/data/keys.
[[nodiscard]] crypto::SecretKey ssh_key();
/// That key in a file, or in a token.
[[nodiscard]] crypto::SshSigner ssh_signer(bool is_hardware);

struct SshsigParts {
  bool is_hardware = false;
  std::string version = std::string("\0\0\0\1", 4);
  std::string name_space = "lexecon";
  std::string reserved = {};
  std::string hash = "sha512";
  std::string application = "ssh:";
  std::uint8_t flags = 0x01;
  std::uint32_t counter = 41;
  std::string after_signature = {};  // trailing bytes of the signature's blob
  std::string after_body = {};
};

/// Signs the parts as they are: what is wrong with the signature is nothing but the parts.
[[nodiscard]] std::string sshsig_body(const crypto::SecretKey& key, std::string_view message,
                                      const SshsigParts& parts = {});
[[nodiscard]] std::string sshsig_armor(std::string_view body);
[[nodiscard]] std::string sshsig(const crypto::SecretKey& key, std::string_view message,
                                 const SshsigParts& parts = {});

}  // namespace lexecon::test
