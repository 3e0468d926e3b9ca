#include "audit/package_checks.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "json/loose.hpp"
#include "json/parse.hpp"
#include "package/names.hpp"

namespace lexecon::audit {
namespace {

using ledger::Check;
using ledger::Evidence;
using ledger::Seen;

package::Disclosure disclosure_of(const Package& package) {
  return package.rows.discloses() ? package::Disclosure::sealed : package::Disclosure::none;
}

// What the manifest counts, counted again.
class CountsCheck final : public Check {
 public:
  explicit CountsCheck(Package& package) : package_(package) {}

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    saw();
    auto& contents = package_.contents;
    ++contents.entries;
    package_.head_entry_hash = seen.hash;
    if (seen.entry == nullptr) return;
    if (seen.entry->event_type == "decision") ++contents.decisions;
    if (seen.item.sealed) ++contents.sealed;
    if (seen.entry->sealed_hash && !seen.item.sealed) without_sealed_.push_back(seen.row.seq);
    if (seen.whole == nullptr) return;
    package_.inventory.take(*seen.whole, seen.item.sealed);
    if (seen.whole->event_type == "sealed.erased") note_erased(*seen.whole);
  }

  void absent(Evidence& /*evidence*/, const Seen& /*seen*/) override {
    saw();
    ++package_.contents.withheld_entries;
    package_.head_entry_hash.reset();
  }

  void end(Evidence& /*evidence*/) override {
    auto& contents = package_.contents;
    contents.erased = static_cast<std::uint64_t>(
        std::count_if(without_sealed_.begin(), without_sealed_.end(),
                      [this](std::uint64_t seq) { return erased_.contains(seq); }));
    contents.withheld_sealed = without_sealed_.size() - contents.erased;
    contents.policies = package_.inventory.policy_files().size();
    contents.evidence = package_.inventory.evidence().size();
    if (auto fault = package_.rows.entries_fault()) fail(std::nullopt, *fault);
  }

 private:
  // Whether they might be erased is for the check of custody.
  void note_erased(const chain::Entry& erasure) {
    const auto seqs = json::naturals(json::member(erasure.data, "seqs"));
    erased_.insert(seqs.begin(), seqs.end());
  }

  Package& package_;
  std::vector<std::uint64_t> without_sealed_;
  std::set<std::uint64_t> erased_;
};

// Every leaf of the tree is listed, and each entry shown has its own.
class LeavesCheck final : public Check {
 public:
  explicit LeavesCheck(const Package& package) : package_(package) {}

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    saw();
    if (seen.item.listed_leaf == seen.item.leaf) return;
    fail(seen.row.seq, "line " + std::to_string(seen.row.seq + 1) +
                           " of leaves.txt is not the leaf of " + chain::entry_id(seen.row.seq));
  }

  void absent(Evidence& /*evidence*/, const Seen& /*seen*/) override { saw(); }

  void end(Evidence& evidence) override {
    if (auto fault = package_.rows.leaves_fault()) fail(std::nullopt, *fault);
    const auto size = package_.bag.checkpoint.tree_size;
    if (evidence.range.size() == size) return;
    fail(std::nullopt, "there are " + std::to_string(evidence.range.size()) +
                           " leaves, the checkpoint is of " + std::to_string(size));
  }

 private:
  const Package& package_;
};

// The package is signed by the key in force behind its last entry, and data/keys holds what the entries
// say, none of it trusted.
class KeyCheck final : public Check {
 public:
  explicit KeyCheck(const Package& package) : package_(package) {}

  void end(Evidence& evidence) override {
    if (!evidence.log) return fail(0, "the log's key is unknown");
    const auto signer = evidence.keys.in_force();
    saw();
    if (package_.bag.signer != signer) {
      fail(std::nullopt, "the package is not signed by " + signer.key.kid() +
                             ", the key in force behind its last entry");
    }
    for (const auto& [name, bytes] : package_.inventory.keys(signer)) {
      saw();
      if (package_.container.read(name, max_keys_bytes) == bytes) continue;
      fail(std::nullopt, "`" + name + "` is not what the entries say");
    }
  }

 private:
  static constexpr std::uint64_t max_keys_bytes = std::uint64_t{16} << 20U;
  const Package& package_;
};

// Files of evidence have the size that is sealed; their digests are their names.
class EvidenceCheck final : public Check {
 public:
  explicit EvidenceCheck(const Package& package) : package_(package) {}

  void end(Evidence& /*evidence*/) override {
    if (!package_.rows.discloses()) return remark("withheld");
    for (const auto& [sha256, size] : package_.inventory.evidence()) {
      saw();
      const auto name = std::string(evidence_folder) + sha256.hex();
      const auto* const member = package_.container.find(name);
      if (member == nullptr) {
        fail(std::nullopt, "`" + name + "` is missing");
      } else if (member->size != size || digest_of(package_.container, *member) != sha256) {
        fail(std::nullopt, "`" + name + "` is not the evidence that was sealed");
      }
    }
  }

 private:
  const Package& package_;
};

// The world of the package is closed: its files are those that its entries ask for.
class FilesCheck final : public Check {
 public:
  explicit FilesCheck(const Package& package) : package_(package) {}

  void end(Evidence& evidence) override {
    if (!evidence.log) return fail(0, "the log's key is unknown");
    std::set<std::string> expected{
        std::string(package::manifest_name), std::string(package::checkpoint_name),
        std::string(package::entries_name), std::string(package::leaves_name)};
    if (package_.rows.discloses()) expected.insert(std::string(package::sealed_name));
    const auto& inventory = package_.inventory;
    for (const auto size : inventory.rotations()) {
      expected.insert(std::string(rotations_folder) + std::to_string(size));
    }
    for (const auto& sha256 : inventory.policy_files()) expected.insert(policy_file_name(sha256));
    for (const auto& each : inventory.evidence()) {
      expected.insert(std::string(evidence_folder) + each.first.hex());
    }
    for (const auto& each : inventory.keys(evidence.keys.in_force())) expected.insert(each.first);
    for (const auto section : package_.sections) expected.insert(package::section_name(section));
    if (auto fault = difference(expected)) fail(std::nullopt, *fault);
  }

 private:
  /// Another file than a package has, and one that it must have, are one fault.
  std::optional<std::string> difference(const std::set<std::string>& expected) {
    for (const auto& member : package_.container.members()) {
      if (!member.name.starts_with(package::payload_folder)) continue;
      saw();
      if (!expected.contains(member.name)) {
        return "nothing shown asks for `" + printable(member.name) + "`";
      }
    }
    for (const auto& name : expected) {
      if (package_.container.find(name) == nullptr) return "`" + name + "` is missing";
    }
    return std::nullopt;
  }

  const Package& package_;
};

// All but its maker's three words are computed again.
class ManifestCheck final : public Check {
 public:
  explicit ManifestCheck(const Package& package) : package_(package) {}

  void end(Evidence& /*evidence*/) override {
    saw();
    const auto& bag = package_.bag;
    if (!bag.word) return fail(std::nullopt, "data/manifest.json is none: " + bag.word_refusal);
    const auto expected = package::to_bytes(
        bag.manifest(package_.contents, package_.head_entry_hash, disclosure_of(package_)));
    if (bag.manifest_bytes == expected) return;
    fail(std::nullopt,
         "data/manifest.json differs at " + first_difference(expected, bag.manifest_bytes));
  }

 private:
  static std::string first_difference(const std::string& expected, const std::string& found) {
    const auto diff = Json::diff(json::parse(expected), json::parse(found));
    return diff.empty() ? "its bytes" : printable(diff.front().value("path", std::string()));
  }

  const Package& package_;
};

}  // namespace

std::unique_ptr<Check> new_counts_check(Package& package) {
  return std::make_unique<CountsCheck>(package);
}
std::unique_ptr<Check> new_leaves_check(const Package& package) {
  return std::make_unique<LeavesCheck>(package);
}
std::unique_ptr<Check> new_key_check(const Package& package) {
  return std::make_unique<KeyCheck>(package);
}
std::unique_ptr<Check> new_evidence_check(const Package& package) {
  return std::make_unique<EvidenceCheck>(package);
}
std::unique_ptr<Check> new_files_check(const Package& package) {
  return std::make_unique<FilesCheck>(package);
}
std::unique_ptr<Check> new_manifest_check(const Package& package) {
  return std::make_unique<ManifestCheck>(package);
}

}  // namespace lexecon::audit
