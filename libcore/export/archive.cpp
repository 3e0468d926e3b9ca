#include "export/archive.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/scratch.hpp"
#include "export/build.hpp"
#include "export/finished.hpp"
#include "export/outcome.hpp"
#include "export/read_back.hpp"
#include "json/json.hpp"
#include "ledger/archive.hpp"
#include "ledger/reader.hpp"
#include "ledger/set_config.hpp"
#include "oversight/usage.hpp"
#include "registry/sets.hpp"

namespace lexecon::exporting {
namespace {

/// What is moved out of the database, and the tree that its package is of.
struct Move {
  std::uint64_t cut = 0;  // all of it lies below
  Timestamp at;           // when nothing of it was open
  std::uint64_t tree_size = 0;
  std::vector<std::uint64_t> seqs;
};

std::uint64_t first_at(store::Database& database, Timestamp before) {
  auto query = database.prepare("SELECT min(seq) FROM entries WHERE timestamp >= ?1");
  query.bind(1, std::string_view(to_text(before)));
  query.step();
  const auto first = query.optional_integer(0);
  return first ? static_cast<std::uint64_t>(*first) : ledger::size(database);
}

bool has_limits(store::Database& database, const registry::SetRow& set) {
  ledger::TableRecords records(database);
  const auto config = ledger::node_config_of(records, set.files);
  if (!config) {
    throw Error(ErrorCode::integrity, "the node.yaml of an activated set is missing",
                chain::entry_id(set.seq), "run lexecon ledger verify");
  }
  return !config->limits.empty();
}

/// SECURITY: a limit counts past decisions, and so does whoever verifies it: of what is gone neither
/// knows, so that a limit would let more through and a right verdict would look wrong.
void refuse_limits(store::Database& database) {
  for (const auto& set : registry::all_sets(database)) {
    if (!has_limits(database, set)) continue;
    throw Error(ErrorCode::configuration,
                "limits, breakers and budgets count past decisions, and a log that ever had one "
                "cannot be archived",
                chain::entry_id(set.seq), "lexecon export makes a package and moves nothing");
  }
}

Move choose(const service::Node& node, Timestamp before, Timestamp now) {
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  refuse_limits(database);
  Move move{
      .cut = first_at(database, before), .at = now, .tree_size = newest_size(database), .seqs = {}};
  move.seqs = finished_entries(database, move.cut, now);
  return move;
}

Json data_of(const service::Node& node, const Move& move, const std::string& export_id) {
  auto database = service::open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  ledger::ArchiveDigest digest;
  for (const auto seq : move.seqs) {
    const auto stored = ledger::read_entry(database, seq);
    if (!stored) refuse_meanwhile("entries were archived");
    digest.add(seq, stored->hash);
  }
  const auto digests = digest.finish();
  return {{"archived", move.seqs.size()},
          {"entries_sha256", digests.entries.hex()},
          {"export_id", export_id},
          {"seqs_sha256", digests.seqs.hex()},
          {"tree_size", move.tree_size}};
}

/// SECURITY: behind the lock nothing else happens: what is moved is in the package, and nothing in it
/// was erased since.
void require_unchanged(service::Act& act, const Move& move, const crypto::PublicKey& signer) {
  require_signer(act, signer);
  require_nothing_erased(act.database(), move.tree_size);
  refuse_limits(act.database());
  if (finished_entries(act.database(), move.cut, move.at) != move.seqs) {
    refuse_meanwhile("what may be archived changed");
  }
}

/// The package under its name; it goes again unless it is kept.
class Placed {
 public:
  Placed(const Path& from, Path to) : path_(std::move(to)) { move_to_new_name(from, path_); }
  ~Placed() {
    if (kept_) return;
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Placed(const Placed&) = delete;
  Placed& operator=(const Placed&) = delete;
  void keep() { kept_ = true; }

 private:
  Path path_;
  bool kept_ = false;
};

/// Gives the room of what was moved back to the file system.
void vacuum(const service::Node& node, const service::Session& session) {
  try {
    const FileLock lock(node.files.lock(), session.write.patience);
    store::Database database(node.files.database(), store::OpenMode::read_write,
                             session.write.patience);
    database.vacuum();
  } catch (const Error& error) {
    throw Error(
        error.code(),
        "the entries are archived, and the database could not be made smaller: " + error.message(),
        error.where(), "their room is used again, and given back by the next archive");
  }
}

}  // namespace

Archive archive(const service::Node& node, const ArchiveOptions& options,
                const std::optional<service::Signatory>& signatory, service::Session& session) {
  refuse_what_stands_there(options.path);
  if (!signatory) {
    throw Error(ErrorCode::not_permitted,
                "ledger.archived takes the approval of an operator, compliance_officer or above",
                {}, "name an operator with --as and a key with --sign-with");
  }
  const auto move = choose(node, options.before, session.now);
  Archive out{.archived = move.seqs.size(),
              .path = options.path,
              .export_id = {},
              .tree_size = move.tree_size,
              .seqs_sha256 = {}};
  out.bytes_before = out.bytes_after = std::filesystem::file_size(node.files.database());
  if (move.seqs.empty()) return out;

  const ScratchFolder scratch(options.path.string() + ".new");
  const Path folder = scratch.path() / "package";
  make_folder(folder, Access::private_to_owner);
  service::NodeKey key(service::ledger_place(node.files), session.passphrase);
  { const service::Act settled(node.files, key, session); }
  const auto signer = signer_of(node, move.tree_size);
  const auto& secret = signing_key(key, signer);
  const auto requester = "operator:" + signatory->operator_id;
  const auto built =
      build(node, {move.tree_size, package::Disclosure::sealed},
            {.generated_at = options.generated_at,
             .generator = options.generator,
             .request = {.filter = {}, .purpose = "archive", .requester = requester}},
            secret, folder, options.progress);
  read_back(folder, signer.key);
  out.export_id = built.manifest.export_id;

  auto data = data_of(node, move, out.export_id);
  out.seqs_sha256 = *hash_from_hex(data.at("seqs_sha256").get_ref<const std::string&>());
  auto draft = service::prepare(node, {.event_type = "ledger.archived", .data = std::move(data)},
                                signatory, session);
  // Who signed may have taken longer than a clock may be behind the last entry.
  if (options.clock) session.now = options.clock();
  {
    service::Act act(node.files, key, session);
    require_unchanged(act, move, signer.key);
    service::require_approved(act, node, draft);
    // Before the commit: an entry is never gone while its package has no name.
    Placed placed(folder, options.path);
    out.seq = act.append(std::move(draft)).entry.seq;
    ledger::move_out(act.database(), move.seqs, out.seq);
    oversight::recount_usage(act.database());
    (void)act.sign();
    // A commit that failed may have happened all the same.
    placed.keep();
    (void)act.commit();
  }
  vacuum(node, session);
  out.bytes_after = std::filesystem::file_size(node.files.database());
  return out;
}

Json to_json(const Archive& archive) {
  const bool is_made = archive.archived > 0;
  return {{"schema", "lexecon.archive/1"},
          {"archived", archive.archived},
          {"path", is_made ? Json(archive.path.string()) : Json()},
          {"export_id", is_made ? Json(archive.export_id) : Json()},
          {"tree_size", archive.tree_size},
          {"seqs_sha256", is_made ? Json(archive.seqs_sha256.hex()) : Json()},
          {"ledger_entry_id", is_made ? Json(chain::entry_id(archive.seq)) : Json()},
          {"bytes_before", archive.bytes_before},
          {"bytes_after", archive.bytes_after}};
}

}  // namespace lexecon::exporting
