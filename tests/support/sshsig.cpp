#include "support/sshsig.hpp"

#include "crypto/hash.hpp"
#include "crypto/pem.hpp"
#include "crypto/ssh_wire.hpp"
#include "support/vectors.hpp"

namespace lexecon::test {
namespace {

using crypto::ssh_string;

std::string digest(std::string_view bytes) { return std::string(crypto::sha256(bytes).view()); }

std::string presence(const SshsigParts& parts) {
  std::string out(1, static_cast<char>(parts.flags));
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>(parts.counter >> shift & 0xFFU);
  }
  return out;
}

std::string signature_blob(const crypto::SecretKey& key, const std::string& covered,
                           const SshsigParts& parts) {
  const auto type = crypto::SshSigner{parts.is_hardware, key.public_key()}.type();
  if (!parts.is_hardware) return ssh_string(type) + ssh_string(key.sign(covered));
  const auto asked = digest(parts.application) + presence(parts) + digest(covered);
  return ssh_string(type) + ssh_string(key.sign(asked)) + presence(parts);
}

}  // namespace

crypto::SecretKey ssh_key() {
  return crypto::SecretKey::from_seed(unhex(load_json(data_file("keys/keys.json")).at("seed")));
}

crypto::SshSigner ssh_signer(bool is_hardware) { return {is_hardware, ssh_key().public_key()}; }

std::string sshsig_body(const crypto::SecretKey& key, std::string_view message,
                        const SshsigParts& parts) {
  const auto hashed = parts.hash == "sha256" ? digest(message) : crypto::sha512(message);
  const auto context =
      ssh_string(parts.name_space) + ssh_string(parts.reserved) + ssh_string(parts.hash);
  const auto blob = signature_blob(key, "SSHSIG" + context + ssh_string(hashed), parts);
  // What a token was asked for stands in its public key, too.
  const crypto::SshSigner signer{parts.is_hardware, key.public_key()};
  const auto own = ssh_string(signer.type()) + ssh_string(signer.key.view()) +
                   (parts.is_hardware ? ssh_string(parts.application) : "");
  return "SSHSIG" + parts.version + ssh_string(own) + context +
         ssh_string(blob + parts.after_signature) + parts.after_body;
}

std::string sshsig_armor(std::string_view body) {
  return crypto::pem_text("SSH SIGNATURE", body, 70);
}

std::string sshsig(const crypto::SecretKey& key, std::string_view message,
                   const SshsigParts& parts) {
  return sshsig_armor(sshsig_body(key, message, parts));
}

}  // namespace lexecon::test
