#include "audit/inventory.hpp"

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/sealed.hpp"
#include "crypto/key_file.hpp"
#include "json/json.hpp"
#include "ledger/activation.hpp"
#include "ledger/log_keys.hpp"
#include "oversight/evidence.hpp"

namespace lexecon::audit {
namespace {

std::optional<oversight::EvidenceFile> evidence_in(std::string_view sealed) {
  try {
    return oversight::parse_evidence_file(chain::unseal(sealed));
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

void Inventory::take(const chain::Entry& entry, std::optional<std::string_view> sealed) {
  if (!chain::has_shape(entry)) return;
  const auto text = [&entry](const char* member) {
    return entry.data.at(member).get<std::string>();
  };
  if (entry.event_type == "policy.activated") {
    const auto files = ledger::files_of(entry);
    if (!files) return;
    for (const auto& file : *files) policy_files_.insert(file.sha256);
  } else if (entry.event_type == "key.added") {
    const auto raw = from_hex(text("public_key")).value_or("");
    token_keys_[text("kid")] = crypto::public_pem(crypto::public_key(raw));
  } else if (entry.event_type == "operator.added" || entry.event_type == "operator.rotated") {
    signers_ += text("operator") + " namespaces=\"lexecon\" " + text("public_key") + "\n";
  } else if (const auto rotation = ledger::rotation_in(entry)) {
    rotations_.insert(rotation->last_before());
  } else if (entry.event_type == "evidence.added" && sealed) {
    if (const auto file = evidence_in(*sealed)) evidence_.emplace(file->sha256, file->size);
  }
}

std::map<std::string, std::string> Inventory::keys(const crypto::Identity& signer) const {
  const std::string folder(keys_folder);
  std::map<std::string, std::string> out{
      {folder + "allowed_signers", signers_},
      {folder + "ledger.minisign.pub",
       crypto::minisign_public_key(signer.key, "lexecon ledger key")},
      {folder + "ledger.pub.pem", crypto::public_pem(signer.key)},
      {folder + "ledger.vkey", crypto::vkey(signer) + "\n"}};
  for (const auto& [kid, pem] : token_keys_) out[folder + "token-" + kid + ".pub.pem"] = pem;
  return out;
}

std::string policy_file_name(const Hash& sha256) {
  return std::string(policies_folder) + sha256.hex() + ".yaml";
}

}  // namespace lexecon::audit
