#include "golden.hpp"

#include <algorithm>

#include "audit/inventory.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "crypto/key_file.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/reader.hpp"
#include "package/digests.hpp"
#include "package/names.hpp"
#include "package/request.hpp"
#include "package/sections.hpp"
#include "package/tag_files.hpp"
#include "service/erasure.hpp"
#include "unit/ledger/node.hpp"

namespace lexecon::test {
namespace {

class MemoryFile final : public audit::MemberFile {
 public:
  explicit MemoryFile(const std::string& bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> buffer) const override {
    const auto left = std::string_view(bytes_).substr(std::min<std::size_t>(offset, bytes_.size()));
    return left.copy(buffer.data(), buffer.size());
  }

 private:
  const std::string& bytes_;
};

std::vector<std::string> lines_of(const std::string& text) {
  auto lines = split(text, '\n');
  lines.pop_back();
  return lines;
}

}  // namespace

MemoryContainer::MemoryContainer(Files files) : files_(std::move(files)) {
  for (const auto& [name, bytes] : files_) members_.push_back({.name = name, .size = bytes.size()});
}

std::unique_ptr<audit::MemberFile> MemoryContainer::open(const audit::Member& member) const {
  return std::make_unique<MemoryFile>(files_.at(member.name));
}

Maker::Maker(const Files& honest, crypto::SecretKey secret) : key(std::move(secret)) {
  std::map<Hash, std::string> sealed;
  if (const auto found = honest.find("data/ledger/sealed.jsonl"); found != honest.end()) {
    for (const auto& line : lines_of(found->second)) sealed[crypto::sha256(line)] = line;
  }
  for (const auto& line : lines_of(honest.at("data/ledger/entries.jsonl"))) {
    const auto entry = chain::parse_entry(line);
    origin = entry.origin;
    Row row{.entry = line, .sealed = {}, .leaf = {}};
    if (entry.sealed_hash && sealed.contains(*entry.sealed_hash)) {
      row.sealed = sealed.at(*entry.sealed_hash);
    }
    rows.push_back(std::move(row));
  }
  for (const auto& [name, bytes] : honest) {
    for (const auto* const folder :
         {"data/policies/", "data/evidence/", "data/ledger/rotations/"}) {
      if (name.starts_with(folder)) others[name] = bytes;
    }
  }
}

Json Maker::entry(std::size_t seq) const { return json::parse(rows.at(seq).entry.value()); }

std::size_t Maker::find(const std::string& event_type) const {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
    return row.entry && json::parse(*row.entry).at("event_type") == event_type;
  });
  REQUIRE(found != rows.end());
  return static_cast<std::size_t>(found - rows.begin());
}

void Maker::change(std::size_t seq, const std::function<void(Json&)>& change) {
  auto changed = entry(seq);
  change(changed);
  rows[seq].entry = json::canonical(changed);
  relink(seq + 1);
}

void Maker::change_sealed(std::size_t seq, const std::function<void(Json&)>& change_value) {
  auto sealed = json::parse(rows.at(seq).sealed.value());
  change_value(sealed.at("value"));
  rows[seq].sealed = json::canonical(sealed);
  change(seq, [&](Json& entry) { entry["sealed_hash"] = crypto::sha256(*rows[seq].sealed).hex(); });
}

void Maker::relink(std::size_t from) {
  for (std::size_t i = from; i < rows.size(); ++i) {
    auto next = entry(i);
    next["previous_hash"] =
        i == 0 ? std::string(64, '0') : chain::entry_hash(*rows[i - 1].entry).hex();
    next["seq"] = i;
    next["entry_id"] = chain::entry_id(i);
    rows[i].entry = json::canonical(next);
  }
}

void Maker::withhold(std::size_t seq) {
  auto& row = rows.at(seq);
  row.leaf = chain::leaf_hash(*row.entry);
  row.entry.reset();
  row.sealed.reset();
}

package::Contents Maker::contents() const {
  package::Contents out;
  std::set<std::uint64_t> erased;
  for (const auto& row : rows) {
    if (!row.entry) {
      ++out.withheld_entries;
      continue;
    }
    ++out.entries;
    const auto entry = json::parse(*row.entry);
    if (entry.at("event_type") == "decision") ++out.decisions;
    if (row.sealed) ++out.sealed;
    if (entry.at("event_type") != "sealed.erased") continue;
    for (const auto& seq : entry.at("data").at("seqs")) erased.insert(seq.get<std::uint64_t>());
  }
  for (std::size_t seq = 0; seq < rows.size(); ++seq) {
    const auto& row = rows[seq];
    if (!row.entry || row.sealed || json::parse(*row.entry).at("sealed_hash").is_null()) continue;
    ++(erased.contains(seq) ? out.erased : out.withheld_sealed);
  }
  for (const auto& each : others) {
    if (each.first.starts_with("data/policies/")) ++out.policies;
    if (each.first.starts_with("data/evidence/")) ++out.evidence;
  }
  return out;
}

Files Maker::make() const {
  Files files = others;
  chain::CompactRange range;
  audit::Inventory inventory;
  std::string sealed;
  std::optional<Hash> head;
  package::SectionWriter sections([&files](package::Section section, std::string_view bytes) {
    files[package::section_name(section)] += bytes;
  });
  for (const auto& row : rows) {
    const auto leaf = row.entry ? chain::leaf_hash(*row.entry) : row.leaf;
    range.append(leaf);
    files["data/ledger/leaves.txt"] += leaf.hex() + "\n";
    head = row.entry ? std::optional(chain::entry_hash(*row.entry)) : std::nullopt;
    if (!row.entry) continue;
    files["data/ledger/entries.jsonl"] += *row.entry + "\n";
    if (row.sealed) sealed += *row.sealed + "\n";
    try {
      inventory.take(chain::parse_entry(*row.entry), row.sealed);
      sections.take(ledger::read_bytes(*row.entry).view.value(), *row.entry, row.sealed);
    } catch (const Error&) {
      continue;  // what is no entry asks for no files
    }
  }
  if (!sealed.empty()) files["data/ledger/sealed.jsonl"] = sealed;
  const crypto::Identity signer{origin, key.public_key()};
  for (auto& [name, bytes] : inventory.keys(signer)) files[name] = bytes;
  package::Manifest manifest{
      .contents = contents(),
      .disclosure = sealed.empty() ? package::Disclosure::none : package::Disclosure::sealed,
      .export_id = {},
      .generated_at = {1'700'000'000'000'000},
      .generator = "lexecon/0",
      .root_checksum = {},
      .checkpoint = {origin, rows.size(), range.root()},
      .head_entry_hash = head,
      .request = package::to_json(
          package::Request{.filter = filter, .purpose = {}, .requester = "operator:bob"})};
  files[std::string(package::checkpoint_name)] = chain::sign_checkpoint(manifest.checkpoint, key);
  if (of_files) of_files(files);
  std::vector<package::FileDigest> digests;
  for (const auto& [name, bytes] : files) digests.push_back({name, crypto::sha256(bytes)});
  package::PackageName name(chain::checkpoint_text(manifest.checkpoint));
  name.add(package::digest_lines(digests));
  auto names = name.finish();
  manifest.export_id = names.export_id;
  manifest.root_checksum = names.root_checksum;
  if (of_manifest) of_manifest(manifest);
  files[std::string(package::manifest_name)] = package::to_bytes(manifest);
  digests.push_back({std::string(package::manifest_name),
                     crypto::sha256(files.at(std::string(package::manifest_name)))});
  package::Oxum oxum{.bytes = 0, .files = files.size()};
  for (const auto& each : files) oxum.bytes += each.second.size();
  files["bag-info.txt"] = package::bag_info_text(manifest, oxum);
  files["bagit.txt"] = package::bagit_text;
  files["manifest-sha256.txt"] = package::digest_lines(digests);
  if (of_lines) of_lines(files);
  std::string tags;
  for (const auto tag : package::listed_tag_files) {
    tags += package::digest_line({std::string(tag), crypto::sha256(files.at(std::string(tag)))});
  }
  files["tagmanifest-sha256.txt"] = tags;
  files["tagmanifest-sha256.txt.sig"] = key.sign(tags);
  files["tagmanifest-sha256.txt.minisig"] = package::minisig_text(manifest, tags, key);
  if (unsigned_lie) unsigned_lie(files);
  return files;
}

Golden::Golden() {
  auto& bureau = desk.bureau;
  (void)desk.add_evidence("a picture");
  (void)bureau.decide(reading());
  (void)bureau.decide(dropping());
  (void)bureau.decide(shipping());
  const auto paid = bureau.decide(paying());
  (void)bureau.make(Bureau::of(paid));
  (void)bureau.token(paid);
  const auto forgotten = desk.decide();
  older_note = last_note();
  desk.office().pass(1);
  (void)service::erase(
      desk.node(),
      {.seqs = {forgotten}, .legal_basis = "gdpr:17", .requested_at = desk.office().session().now},
      bureau.by("bob"), desk.office().session());
  (void)desk.make(desk.options("golden"));
  files = files_of(desk.folder / "golden");
  pin = crypto::parse_pin(files.at("data/keys/ledger.vkey"));
}

std::string Golden::last_note() {
  auto database = service::open_ledger(desk.node());
  return ledger::last_checkpoint(database).value();
}

Maker Golden::maker() {
  return {files, crypto::load_secret_key(desk.node().files.ledger_key(), {})};
}

audit::AuditOptions Golden::options() const {
  audit::AuditOptions out;
  out.verify.pins.push_back(pin);
  return out;
}

audit::PackageVerification Golden::verify(const Files& package) const {
  return audit::verify_container(MemoryContainer(package), options());
}

std::string said(const audit::PackageVerification& verification) {
  const auto& log = verification.log;
  std::string out(findings::to_string(log.verdict));
  if (log.cause) out += " " + *log.cause;
  for (const auto& check : log.checks) {
    if (check.status == findings::CheckStatus::fail) out += " " + check.name;
  }
  return out;
}

}  // namespace lexecon::test
