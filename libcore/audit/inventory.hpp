// What a package has beside its entries, as the entries shown say: keys, notes of older keys, policy files,
// evidence. Whoever makes a package and whoever checks one ask the same.
//
// Errors   none: an entry without its shape is passed over, for another check names it
// Source   lexecon-package(5), Payload
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "chain/entry.hpp"
#include "crypto/identity.hpp"

namespace lexecon::audit {

inline constexpr std::string_view rotations_folder = "data/ledger/rotations/";
inline constexpr std::string_view evidence_folder = "data/evidence/";
inline constexpr std::string_view policies_folder = "data/policies/";
inline constexpr std::string_view keys_folder = "data/keys/";

class Inventory {
 public:
  /// In order of seq; `sealed` is S where it is disclosed.
  void take(const chain::Entry& entry, std::optional<std::string_view> sealed);

  /// The files below data/keys, by name; `signer` is the key in force behind the last entry shown.
  [[nodiscard]] std::map<std::string, std::string> keys(const crypto::Identity& signer) const;
  /// The size of each older key's last checkpoint.
  [[nodiscard]] const std::set<std::uint64_t>& rotations() const { return rotations_; }
  [[nodiscard]] const std::set<Hash>& policy_files() const { return policy_files_; }
  /// Bytes by digest.
  [[nodiscard]] const std::map<Hash, std::uint64_t>& evidence() const { return evidence_; }

 private:
  std::map<std::string, std::string> token_keys_;  // PEM by kid
  std::string signers_;
  std::set<std::uint64_t> rotations_;
  std::set<Hash> policy_files_;
  std::map<Hash, std::uint64_t> evidence_;
};

[[nodiscard]] std::string policy_file_name(const Hash& sha256);

}  // namespace lexecon::audit
