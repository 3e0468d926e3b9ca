// The outside of a package: which files it may have, their digests, their signatures.
//
// Shapes   checks container, signatures, digests; what the manifest says is compared once the entries were read
// Errors   what is wrong is a finding; Error{io}
// Source   lexecon-package(5), Names, Manifests and Tag files
#pragma once

#include <optional>
#include <string>

#include "audit/container.hpp"
#include "chain/checkpoint.hpp"
#include "crypto/identity.hpp"
#include "ledger/verify_check.hpp"
#include "package/manifest.hpp"
#include "package/tag_files.hpp"

namespace lexecon::audit {

/// A check whose findings are told to it.
class Told final : public ledger::Check {
 public:
  using Check::remark;
  using Check::saw;
};

struct BagChecks {
  Told& container;
  Told& signatures;
  Told& digests;
};

struct Bag {
  std::string note;  // data/ledger/checkpoint
  chain::Checkpoint checkpoint;
  std::optional<crypto::Identity>
      signer;                         // as data/keys/ledger.vkey says; never an anchor of trust
  std::optional<package::Word> word;  // nothing when there is no manifest that could be read
  std::string word_refusal;
  std::string manifest_bytes;
  Hash root_checksum;
  std::string export_id;
  package::Oxum payload;

  [[nodiscard]] package::Manifest manifest(const package::Contents& contents,
                                           std::optional<Hash> head_entry_hash,
                                           package::Disclosure disclosure) const;
};

[[nodiscard]] Hash digest_of(const Container& container, const Member& member);
/// Nothing when it is no bag at all, which a check says.
[[nodiscard]] std::optional<Bag> read_bag(const Container& container, const BagChecks& checks);

}  // namespace lexecon::audit
