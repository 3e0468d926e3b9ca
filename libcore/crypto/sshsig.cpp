#include "crypto/sshsig.hpp"

#include "crypto/hash.hpp"
#include "crypto/pem.hpp"
#include "crypto/ssh_wire.hpp"

namespace lexecon::crypto {
namespace {

constexpr std::string_view magic = "SSHSIG";
constexpr std::string_view version("\0\0\0\1", 4);
constexpr std::string_view hash_name = "sha512";
constexpr std::size_t columns = 70;
constexpr std::size_t presence_bytes = 5;  // flags, and the counter in four bytes
constexpr unsigned user_present = 0x01;

struct Parts {
  std::string_view key;
  std::string_view name_space;
  std::string_view hash;
  std::string_view signature;
};

std::optional<Parts> parts_of(std::string_view body) {
  const std::string head = std::string(magic).append(version);
  if (!body.starts_with(head)) return std::nullopt;
  const auto strings = ssh_strings(body.substr(head.size()));
  // The third is reserved: ssh-keygen leaves it empty, and does not look at it.
  if (!strings || strings->size() != 5 || !strings->at(2).empty()) return std::nullopt;
  return Parts{strings->at(0), strings->at(1), strings->at(3), strings->at(4)};
}

std::string signed_bytes(std::string_view message) {
  return std::string(magic) + ssh_string(sshsig_namespace) + ssh_string("") +
         ssh_string(hash_name) + ssh_string(sha512(message));
}

/// Whether `blob` is of the signer's type and nothing more, and its signature covers `covered`.
bool is_signed(std::string_view blob, std::string_view covered, const SshSigner& signer) {
  const auto strings = ssh_strings(blob);
  return strings && strings->size() == 2 && strings->front() == signer.type() &&
         verify(signer.key, covered, strings->back());
}

std::optional<SshsigFault> hardware_fault(std::string_view blob, std::string_view message,
                                          const SshSigner& signer) {
  if (blob.size() < presence_bytes) return SshsigFault::bad_signature;
  const auto presence = blob.substr(blob.size() - presence_bytes);
  blob.remove_suffix(presence_bytes);
  const std::string covered = std::string(sha256(ssh_application).view()).append(presence) +
                              std::string(sha256(signed_bytes(message)).view());
  if (!is_signed(blob, covered, signer)) return SshsigFault::bad_signature;
  // SECURITY: without this bit a program that reached the token has signed, and no person.
  const bool touched = (static_cast<unsigned char>(presence.front()) & user_present) != 0;
  return touched ? std::nullopt : std::optional(SshsigFault::no_user_presence);
}

}  // namespace

std::string_view to_string(SshsigFault fault) {
  switch (fault) {
    case SshsigFault::bad_armor:
      return "bad_armor";
    case SshsigFault::wrong_key:
      return "wrong_key";
    case SshsigFault::wrong_namespace:
      return "wrong_namespace";
    case SshsigFault::wrong_hash:
      return "wrong_hash";
    case SshsigFault::bad_signature:
      return "bad_signature";
    case SshsigFault::no_user_presence:
      return "no_user_presence";
  }
  return "bad_signature";
}

std::optional<SshsigFault> sshsig_fault(std::string_view armored, std::string_view message,
                                        const SshSigner& signer) {
  if (armored.size() > max_sshsig_bytes) return SshsigFault::bad_armor;
  const auto body = pem_body(armored, "SSH SIGNATURE", columns);
  const auto parts = body ? parts_of(*body) : std::nullopt;
  if (!parts) return SshsigFault::bad_armor;
  if (parts->key != signer.blob()) return SshsigFault::wrong_key;
  if (parts->name_space != sshsig_namespace) return SshsigFault::wrong_namespace;
  if (parts->hash != hash_name) return SshsigFault::wrong_hash;
  if (signer.is_hardware) return hardware_fault(parts->signature, message, signer);
  const bool good = is_signed(parts->signature, signed_bytes(message), signer);
  return good ? std::nullopt : std::optional(SshsigFault::bad_signature);
}

}  // namespace lexecon::crypto
