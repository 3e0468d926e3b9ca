#include "export/collect.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "chain/merkle.hpp"
#include "chain/sealed.hpp"
#include "crypto/key_file.hpp"
#include "ledger/activation.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/reader.hpp"
#include "ledger/tree.hpp"
#include "oversight/evidence.hpp"
#include "oversight/evidence_files.hpp"
#include "package/names.hpp"
#include "registry/evidence.hpp"

namespace lexecon::exporting {
namespace {

using package::Disclosure;

constexpr const char* how_to_see = "run lexecon ledger verify";
constexpr std::uint64_t told_every = 4096;

/// Sealed content that the log says was erased, by entries below a size and by later ones; ascending.
struct Erased {
  std::vector<std::uint64_t> before;
  std::vector<std::uint64_t> after;
};

Erased read_erased(store::Database& database, std::uint64_t size) {
  Erased out;
  registry::each_after(database, "sealed.erased", std::nullopt, std::nullopt,
                       [&](const chain::Entry& erasure) {
                         auto& seqs = erasure.seq < size ? out.before : out.after;
                         for (const auto& seq : erasure.data.at("seqs")) {
                           seqs.push_back(seq.get<std::uint64_t>());
                         }
                       });
  std::sort(out.before.begin(), out.before.end());
  std::sort(out.after.begin(), out.after.end());
  return out;
}

bool has(const std::vector<std::uint64_t>& seqs, std::uint64_t seq) {
  return std::binary_search(seqs.begin(), seqs.end(), seq);
}

chain::Checkpoint checkpoint_of(store::Database& database, const service::Node& node,
                                std::uint64_t size) {
  const auto note = ledger::checkpoint_at(database, size);
  if (!note) {
    throw Error(ErrorCode::not_found,
                "the ledger has no checkpoint of " + std::to_string(size) + " entries", "--size",
                "only sizes that ended a transaction are signed; lexecon ledger checkpoint prints "
                "the last");
  }
  try {
    return ledger::open_checkpoint(*note, node.keys);
  } catch (const Error& error) {
    throw Error(ErrorCode::integrity, "a stored checkpoint does not verify: " + error.message(), {},
                how_to_see);
  }
}

class Collector {
 public:
  Collector(store::Database& database, const service::Node& node, const Selection& selection,
            Payload& payload)
      : database_(database),
        node_(node),
        selection_(selection),
        payload_(payload),
        erased_(read_erased(database, selection.size)) {
    out_.checkpoint = checkpoint_of(database, node, selection.size);
  }

  Collected run(const Progress& progress) {
    show_entries(progress);
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
  void show_entries(const Progress& progress);
  void show(const ledger::Leaf& leaf);
  void show_sealed(const chain::EntryView& view, std::uint64_t seq,
                   std::optional<std::string_view> sealed);
  void note(const chain::Entry& entry, std::optional<std::string_view> sealed);
  void add_notes();
  void add_keys();
  void add_policies();
  void add_evidence();

  [[nodiscard]] bool discloses() const { return selection_.disclosure == Disclosure::sealed; }

  store::Database& database_;
  const service::Node& node_;
  Selection selection_;
  Payload& payload_;
  Erased erased_;
  Collected out_;
  chain::CompactRange range_;
  std::optional<FileWriter> sealed_;
  std::map<std::string, std::string> token_keys_;  // PEM by kid
  std::string signers_;
  std::vector<std::uint64_t> rotations_;  // the size of each older key's last checkpoint
  std::set<Hash> policy_files_;
  std::map<Hash, std::uint64_t> evidence_;  // bytes by digest
};

void Collector::show_entries(const Progress& progress) {
  auto entries = payload_.open("data/ledger/entries.jsonl");
  auto leaves = payload_.open("data/ledger/leaves.txt");
  if (discloses()) sealed_.emplace(payload_.open("data/ledger/sealed.jsonl"));
  const auto beside = discloses() ? ledger::Beside::sealed : ledger::Beside::nothing;
  ledger::each_leaf(database_, selection_.size, beside, [&](const ledger::Leaf& leaf) {
    range_.append(leaf.hash);
    leaves.write(leaf.hash.hex() + "\n");
    if (leaf.body) {
      entries.write(*leaf.body);
      entries.write("\n");
      show(leaf);
    } else {
      ++out_.contents.withheld_entries;
    }
    if (progress && leaf.seq % told_every == 0) progress(leaf.seq, selection_.size);
  });
  payload_.close(entries);
  payload_.close(leaves);
  if (sealed_) payload_.close(*sealed_);
}

void Collector::show(const ledger::Leaf& leaf) {
  ++out_.contents.entries;
  if (leaf.seq + 1 == selection_.size) out_.head_entry_hash = chain::entry_hash(*leaf.body);
  const auto reading = ledger::read_bytes(*leaf.body);
  if (!reading.view) {
    throw Error(ErrorCode::integrity, "the stored bytes are no entry: " + reading.refusal,
                chain::entry_id(leaf.seq), how_to_see);
  }
  if (reading.view->event_type == "decision") ++out_.contents.decisions;
  if (reading.view->sealed_hash) show_sealed(*reading.view, leaf.seq, leaf.sealed);
  // What the fast reader knows whole is a decision, or of a token.
  if (reading.whole() != nullptr) note(*reading.whole(), leaf.sealed);
}

void Collector::show_sealed(const chain::EntryView& view, std::uint64_t seq,
                            std::optional<std::string_view> sealed) {
  if (has(erased_.before, seq)) {
    ++out_.contents.erased;
    return;
  }
  if (!discloses()) {
    ++out_.contents.withheld_sealed;
    return;
  }
  if (!sealed || crypto::sha256(*sealed) != *view.sealed_hash) {
    throw Error(ErrorCode::integrity,
                sealed ? "the sealed content is not what the entry commits to"
                       : "the sealed content is missing and was never erased",
                chain::entry_id(seq), how_to_see);
  }
  ++out_.contents.sealed;
  sealed_->write(*sealed);
  sealed_->write("\n");
}

void Collector::note(const chain::Entry& entry, std::optional<std::string_view> sealed) {
  const auto text = [&entry](const char* member) {
    return entry.data.at(member).get<std::string>();
  };
  if (entry.event_type == "policy.activated") {
    const auto files = ledger::files_of(entry);
    if (!files) {
      throw Error(ErrorCode::integrity, "an activation names no files", chain::entry_id(entry.seq),
                  how_to_see);
    }
    for (const auto& file : *files) policy_files_.insert(file.sha256);
  } else if (entry.event_type == "key.added") {
    const auto raw = from_hex(text("public_key")).value_or("");
    token_keys_[text("kid")] = crypto::public_pem(crypto::public_key(raw));
  } else if (entry.event_type == "operator.added" || entry.event_type == "operator.rotated") {
    signers_ += text("operator") + " namespaces=\"lexecon\" " + text("public_key") + "\n";
  } else if (const auto rotation = ledger::rotation_in(entry)) {
    rotations_.push_back(rotation->last_before());
  } else if (entry.event_type == "evidence.added" && discloses() &&
             !has(erased_.before, entry.seq) && sealed) {
    const auto file = oversight::parse_evidence_file(chain::unseal(*sealed));
    evidence_.emplace(file.sha256, file.size);
  }
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
  for (const auto size : rotations_) {
    payload_.add("data/ledger/rotations/" + std::to_string(size), note_of(size));
  }
}

void Collector::add_keys() {
  const auto signer = signer_of(node_, selection_.size);
  payload_.add("data/keys/allowed_signers", signers_);
  payload_.add("data/keys/ledger.minisign.pub",
               crypto::minisign_public_key(signer.key, "lexecon ledger key"));
  payload_.add("data/keys/ledger.pub.pem", crypto::public_pem(signer.key));
  payload_.add("data/keys/ledger.vkey", crypto::vkey(signer) + "\n");
  for (const auto& [kid, pem] : token_keys_) {
    payload_.add("data/keys/token-" + kid + ".pub.pem", pem);
  }
}

void Collector::add_policies() {
  for (const auto& sha256 : policy_files_) {
    const auto bytes = ledger::read_policy_file(database_, sha256);
    if (!bytes) {
      throw Error(ErrorCode::integrity, "a file of an activated set is missing", sha256.hex(),
                  how_to_see);
    }
    payload_.add("data/policies/" + sha256.hex() + ".yaml", *bytes);
  }
  out_.contents.policies = policy_files_.size();
}

void Collector::add_evidence() {
  for (const auto& [sha256, size] : evidence_) {
    auto file = payload_.open("data/evidence/" + sha256.hex());
    oversight::read_evidence(node_.files.evidence(), sha256, size,
                             [&file](std::string_view piece) { file.write(piece); });
    payload_.close(file);
  }
  out_.contents.evidence = evidence_.size();
}

}  // namespace

crypto::Identity signer_of(const service::Node& node, std::uint64_t size) {
  auto keys = node.keys;
  std::erase_if(keys.rotations, [size](const auto& rotation) { return rotation.seq >= size; });
  return keys.in_force();
}

void require_possible(store::Database& database, const service::Node& node,
                      const Selection& selection) {
  static_cast<void>(checkpoint_of(database, node, selection.size));
  if (signer_of(node, selection.size) != node.keys.in_force()) {
    const auto last = node.keys.rotations.back().seq;
    throw Error(ErrorCode::bad_input,
                "the key in force came with " + chain::entry_id(last) + ", and a package of " +
                    std::to_string(selection.size) + " entries does not name it",
                "--size", "take a size above " + std::to_string(last));
  }
  if (selection.disclosure == Disclosure::none) return;
  const auto erased = read_erased(database, selection.size);
  const auto found = std::find_if(erased.after.begin(), erased.after.end(),
                                  [&](std::uint64_t seq) { return seq < selection.size; });
  if (found == erased.after.end()) return;
  throw Error(ErrorCode::bad_input,
              "the sealed content of " + chain::entry_id(*found) +
                  " was erased after that size, and a package of it would hide that",
              "--size", "leave --size out, or take --disclose none");
}

Collected collect(store::Database& database, const service::Node& node, const Selection& selection,
                  Payload& payload, const Progress& progress) {
  return Collector(database, node, selection, payload).run(progress);
}

}  // namespace lexecon::exporting
