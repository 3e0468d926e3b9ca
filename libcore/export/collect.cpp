#include "export/collect.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "audit/inventory.hpp"
#include "base/error.hpp"
#include "chain/merkle.hpp"
#include "crypto/hash.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/reader.hpp"
#include "ledger/tree.hpp"
#include "oversight/evidence_files.hpp"
#include "package/names.hpp"
#include "package/sections.hpp"

namespace lexecon::exporting {
namespace {

using package::Disclosure;

constexpr const char* how_to_see = "run lexecon ledger verify";
constexpr std::uint64_t told_every = 4096;

class Collector {
 public:
  Collector(store::Database& database, const service::Node& node, const Selection& selection,
            Payload& payload)
      : database_(database),
        node_(node),
        selection_(selection),
        payload_(payload),
        erased_(read_erased(database, selection.size)),
        choice_(selection.filter),
        sections_([this](package::Section section, std::string_view bytes) {
          write_section(section, bytes);
        }) {
    out_.checkpoint = checkpoint_of(database, node, selection.size);
  }

  Collected run(const Progress& progress) {
    progress_ = progress;
    survey();
    show_entries();
    if (range_.root() != out_.checkpoint.root) {
      throw Error(ErrorCode::integrity,
                  "the entries do not give the root of the checkpoint of " +
                      std::to_string(selection_.size) + " entries",
                  {}, how_to_see);
    }
    add_notes();
    add_keys();
    add_policies();
    add_evidence();
    return out_;
  }

 private:
  void survey();
  void show_entries();
  void show(const ledger::Leaf& leaf);
  [[nodiscard]] std::optional<std::string_view> show_sealed(const chain::EntryView& view,
                                                            std::uint64_t seq,
                                                            std::optional<std::string_view> sealed);
  void write_section(package::Section section, std::string_view bytes);
  void tell(std::uint64_t before, std::uint64_t seq) const;
  void add_notes();
  void add_keys();
  void add_policies();
  void add_evidence();

  [[nodiscard]] bool discloses() const { return selection_.disclosure == Disclosure::sealed; }

  store::Database& database_;
  const service::Node& node_;
  Selection selection_;
  Payload& payload_;
  Progress progress_;
  Erased erased_;
  package::Choice choice_;
  package::SectionWriter sections_;
  Collected out_;
  chain::CompactRange range_;
  std::optional<FileWriter> sealed_;
  std::map<package::Section, FileWriter> section_files_;
  std::optional<FileWriter> entries_;
  audit::Inventory inventory_;
};

ledger::EntryReading read(const ledger::Leaf& leaf) {
  auto reading = ledger::read_bytes(*leaf.body);
  if (reading.view) return reading;
  throw Error(ErrorCode::integrity, "the stored bytes are no entry: " + reading.refusal,
              chain::entry_id(leaf.seq), how_to_see);
}

void Collector::survey() {
  if (selection_.filter.takes_all()) return;
  ledger::each_leaf(database_, selection_.size, ledger::Beside::nothing,
                    [&](const ledger::Leaf& leaf) {
                      if (leaf.body) choice_.survey(*read(leaf).view, *leaf.body);
                      tell(0, leaf.seq);
                    });
  choice_.settle();
}

void Collector::show_entries() {
  entries_.emplace(payload_.open(std::string(package::entries_name)));
  auto leaves = payload_.open(std::string(package::leaves_name));
  if (discloses()) sealed_.emplace(payload_.open(std::string(package::sealed_name)));
  const auto beside = discloses() ? ledger::Beside::sealed : ledger::Beside::nothing;
  const auto surveyed = selection_.filter.takes_all() ? 0 : selection_.size;
  ledger::each_leaf(database_, selection_.size, beside, [&](const ledger::Leaf& leaf) {
    range_.append(leaf.hash);
    leaves.write(leaf.hash.hex() + "\n");
    show(leaf);
    tell(surveyed, leaf.seq);
  });
  payload_.close(*entries_);
  payload_.close(leaves);
  if (sealed_) payload_.close(*sealed_);
  for (auto& [section, file] : section_files_) payload_.close(file);
}

/// A pass that chooses comes before the one that shows.
void Collector::tell(std::uint64_t before, std::uint64_t seq) const {
  const std::uint64_t passes = selection_.filter.takes_all() ? 1 : 2;
  if (progress_ && seq % told_every == 0) progress_(before + seq, passes * selection_.size);
}

void Collector::show(const ledger::Leaf& leaf) {
  const auto reading = leaf.body ? std::optional(read(leaf)) : std::nullopt;
  if (!reading || !choice_.shows(*reading->view, *leaf.body)) {
    ++out_.contents.withheld_entries;
    return;
  }
  ++out_.contents.entries;
  entries_->write(*leaf.body);
  entries_->write("\n");
  if (leaf.seq + 1 == selection_.size) out_.head_entry_hash = chain::entry_hash(*leaf.body);
  if (reading->view->event_type == "decision") ++out_.contents.decisions;
  const auto sealed = show_sealed(*reading->view, leaf.seq, leaf.sealed);
  sections_.take(*reading->view, *leaf.body, sealed);
  // What the fast reader knows whole is a decision, or of a token.
  if (reading->whole() != nullptr) inventory_.take(*reading->whole(), sealed);
}

void Collector::write_section(package::Section section, std::string_view bytes) {
  auto found = section_files_.find(section);
  if (found == section_files_.end()) {
    found = section_files_.emplace(section, payload_.open(package::section_name(section))).first;
  }
  found->second.write(bytes);
}

/// What of it is in the package.
std::optional<std::string_view> Collector::show_sealed(const chain::EntryView& view,
                                                       std::uint64_t seq,
                                                       std::optional<std::string_view> sealed) {
  if (!view.sealed_hash) return std::nullopt;
  if (has(erased_.before, seq)) {
    ++out_.contents.erased;
    return std::nullopt;
  }
  if (!discloses()) {
    ++out_.contents.withheld_sealed;
    return std::nullopt;
  }
  if (has(erased_.after, seq)) refuse_hidden_erasure(seq);
  if (!sealed || crypto::sha256(*sealed) != *view.sealed_hash) {
    throw Error(ErrorCode::integrity,
                sealed ? "the sealed content is not what the entry commits to"
                       : "the sealed content is missing and was never erased",
                chain::entry_id(seq), how_to_see);
  }
  ++out_.contents.sealed;
  sealed_->write(*sealed);
  sealed_->write("\n");
  return sealed;
}

void Collector::add_notes() {
  const auto note_of = [this](std::uint64_t size) {
    const auto found = ledger::checkpoint_at(database_, size);
    if (found) return *found;
    throw Error(ErrorCode::integrity,
                "the checkpoint of " + std::to_string(size) + " entries is missing", {},
                how_to_see);
  };
  payload_.add(std::string(package::checkpoint_name), note_of(selection_.size));
  for (const auto size : inventory_.rotations()) {
    payload_.add(std::string(audit::rotations_folder) + std::to_string(size), note_of(size));
  }
}

void Collector::add_keys() {
  for (const auto& [name, bytes] : inventory_.keys(signer_of(node_, selection_.size))) {
    payload_.add(name, bytes);
  }
}

void Collector::add_policies() {
  for (const auto& sha256 : inventory_.policy_files()) {
    const auto bytes = ledger::read_policy_file(database_, sha256);
    if (!bytes) {
      throw Error(ErrorCode::integrity, "a file of an activated set is missing", sha256.hex(),
                  how_to_see);
    }
    payload_.add(audit::policy_file_name(sha256), *bytes);
  }
  out_.contents.policies = inventory_.policy_files().size();
}

void Collector::add_evidence() {
  for (const auto& [sha256, size] : inventory_.evidence()) {
    auto file = payload_.open(std::string(audit::evidence_folder) + sha256.hex());
    oversight::read_evidence(node_.files.evidence(), sha256, size,
                             [&file](std::string_view piece) { file.write(piece); });
    payload_.close(file);
  }
  out_.contents.evidence = inventory_.evidence().size();
}

}  // namespace

Collected collect(store::Database& database, const service::Node& node, const Selection& selection,
                  Payload& payload, const Progress& progress) {
  return Collector(database, node, selection, payload).run(progress);
}

}  // namespace lexecon::exporting
