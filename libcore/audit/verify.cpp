#include "audit/verify.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "audit/bag.hpp"
#include "audit/package_checks.hpp"
#include "audit/package_rows.hpp"
#include "base/error.hpp"
#include "ledger/verify_pass.hpp"
#include "package/names.hpp"
#include "store/schema.hpp"

namespace lexecon::audit {
namespace {

using ledger::CheckType;
using ledger::Reach;
using ledger::Running;

constexpr bool needed = true;
// The first three are told what the outside of the package says, the others take part in the pass.
constexpr std::array outside_types{CheckType{"container", needed, Reach::proofs, nullptr},
                                   CheckType{"signatures", needed, Reach::proofs, nullptr},
                                   CheckType{"digests", needed, Reach::proofs, nullptr}};
constexpr std::array inside_types{CheckType{"counts", needed, Reach::proofs, nullptr},
                                  CheckType{"leaves", needed, Reach::proofs, nullptr},
                                  CheckType{"scope", !needed, Reach::proofs, nullptr},
                                  CheckType{"sections", !needed, Reach::proofs, nullptr},
                                  CheckType{"key", needed, Reach::proofs, nullptr},
                                  CheckType{"evidence", !needed, Reach::proofs, nullptr},
                                  CheckType{"files", needed, Reach::proofs, nullptr},
                                  CheckType{"manifest", needed, Reach::proofs, nullptr}};

/// The size that a note of an older key is called by.
std::optional<std::uint64_t> size_in(std::string_view name) {
  const auto digits = name.substr(rotations_folder.size());
  std::uint64_t size = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  const bool is_whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  return is_whole ? std::optional(size) : std::nullopt;
}

std::map<std::uint64_t, std::string> notes_of(const Container& container, const Bag& bag,
                                              Told& outside) {
  std::map<std::uint64_t, std::string> notes{{bag.checkpoint.tree_size, bag.note}};
  for (const auto& member : container.members()) {
    if (!member.name.starts_with(rotations_folder)) continue;
    const auto size = size_in(member.name);
    const auto note = container.read(member.name, chain::max_note_bytes).value_or("");
    const bool is_there = size && !notes.try_emplace(*size, note).second;
    if (!size || (is_there && notes.at(*size) != note)) {
      outside.fail(std::nullopt, "`" + member.name + "` is not the note of its size");
    }
  }
  return notes;
}

class Audit {
 public:
  explicit Audit(const AuditOptions& options) : options_(options) {}

  /// Of what `open` gives: only once it is read is it known to be a package.
  template <class Open>
  PackageVerification run(const Open& open) {
    add_outside();
    try {
      open([this](const Container& container) {
        out_.is_tar = container.label().has_value();
        if (!container.members().empty()) examine(container);
      });
    } catch (const Error& error) {
      if (error.code() != ErrorCode::integrity) throw;
      told(0).fail(std::nullopt, error.message());
    }
    if (!finished_) out_.log = ledger::conclude(checks_, nullptr, options_.verify);
    return std::move(out_);
  }

 private:
  void add_outside() {
    for (const auto& type : outside_types) {
      checks_.push_back({&type, std::make_unique<Told>(), is_skipped(type), true});
    }
  }

  bool is_skipped(const CheckType& type) const {
    const auto& skip = options_.verify.skip;
    return std::find(skip.begin(), skip.end(), type.name) != skip.end();
  }

  /// What a check that is skipped is told counts for nothing.
  Told& told(std::size_t index) {
    auto& running = checks_[index];
    return running.skipped ? ignored_ : static_cast<Told&>(*running.check);
  }

  void examine(const Container& container) {
    const auto bag = read_bag(container, {told(0), told(1), told(2)});
    if (!bag) return;
    PackageRows rows(container, notes_of(container, *bag, told(0)));
    Package package{.container = container, .bag = *bag, .rows = rows};
    add_log_checks(rows.discloses());
    add_inside(package);

    auto nothing = store::empty_tables();
    const ledger::NodeFiles nowhere;
    auto options = options_.verify;
    options.deep = rows.discloses();
    ledger::Evidence evidence{
        .records = rows, .database = nothing, .files = nowhere, .options = options, .heads = {}};
    ledger::Pass(evidence, checks_).run(rows);
    conclude(evidence, package);
  }

  void add_log_checks(bool discloses) {
    for (auto& running : ledger::checks_of(options_.verify, Reach::proofs)) {
      if (!running.applies) continue;
      const auto name = running.type->name;
      if (!discloses && (name == "sealed" || name == "redecide")) {
        running.applies = false;
        running.why = "withheld";
      }
      checks_.push_back(std::move(running));
    }
  }

  void add_inside(Package& package) {
    std::array made{new_counts_check(package), new_leaves_check(package),
                    new_scope_check(package),  new_sections_check(package),
                    new_key_check(package),    new_evidence_check(package),
                    new_files_check(package),  new_manifest_check(package)};
    for (std::size_t i = 0; i < made.size(); ++i) {
      const auto& type = inside_types[i];
      checks_.push_back({&type, std::move(made[i]), is_skipped(type), true});
    }
  }

  void conclude(ledger::Evidence& evidence, const Package& package) {
    if (!evidence.undecidable && options_.verify.pins.empty()) {
      evidence.undecidable = "key_not_pinned";
    }
    auto& counts = evidence.redecided;
    if (!counts) counts = ledger::Redecided{.decisions = package.contents.decisions};
    const bool is_redecided = counts->judged + counts->erased == counts->decisions;
    if (options_.require_redecide && !is_redecided) evidence.undecidable = "not_redecided";
    out_.log = ledger::conclude(checks_, &evidence, options_.verify);
    out_.log.entries_verified = std::min(out_.log.entries_verified, package.contents.entries);
    const auto disclosure =
        package.rows.discloses() ? package::Disclosure::sealed : package::Disclosure::none;
    out_.manifest = package.bag.manifest(package.contents, package.head_entry_hash, disclosure);
    out_.signer = package.bag.signer;
    out_.note = package.bag.note;
    finished_ = true;
  }

  const AuditOptions& options_;
  std::vector<Running> checks_;
  Told ignored_;
  PackageVerification out_;
  bool finished_ = false;
};

}  // namespace

PackageVerification verify_package(const Path& path, const AuditOptions& options) {
  return Audit(options).run([&](const auto& examine) { examine(*open_container(path)); });
}

PackageVerification verify_container(const Container& container, const AuditOptions& options) {
  return Audit(options).run([&](const auto& examine) { examine(container); });
}

std::optional<std::string> origin_of(const Path& path) {
  try {
    const auto note = open_container(path)->read(package::checkpoint_name, chain::max_note_bytes);
    return chain::parse_checkpoint(chain::parse_note(note.value_or(""))).origin;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::integrity && error.code() != ErrorCode::bad_input) throw;
    return std::nullopt;  // for the verifier to say
  }
}

std::vector<std::string> package_check_names() {
  std::vector<std::string> names;
  for (const auto& type : outside_types) names.emplace_back(type.name);
  for (const auto& type : ledger::check_types()) {
    if (type.reach <= Reach::proofs) names.emplace_back(type.name);
  }
  for (const auto& type : inside_types) names.emplace_back(type.name);
  return names;
}

}  // namespace lexecon::audit
