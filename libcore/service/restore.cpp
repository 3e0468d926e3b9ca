#include "service/restore.hpp"

#include <array>

#include "base/error.hpp"
#include "base/scratch.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "ledger/ground.hpp"
#include "ledger/head.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "service/aside.hpp"
#include "service/node.hpp"
#include "service/rebuild.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_key_bytes = 4'096;
constexpr const char* behind_hint =
    "restore a later backup; when none exists, give up what came after with lexecon recover";

bool stands(const Path& path) {
  std::error_code failed;
  return fs::exists(fs::symlink_status(path, failed));
}

void copy_backup(const Path& file, const Path& target) {
  if (!stands(file)) {
    throw Error(ErrorCode::not_found, "there is no such backup", printable(file.string()));
  }
  store::Database backup(fs::absolute(file), store::OpenMode::read_only);
  const store::Transaction snapshot(backup, store::Transaction::Kind::read);
  backup.copy_to(target);
}

std::string last_note(const Node& copy) {
  auto database = open_ledger(copy);
  if (auto note = ledger::last_checkpoint(database)) return *std::move(note);
  throw Error(ErrorCode::integrity, "the backup is refused: it has no checkpoint");
}

/// The last checkpoint of the log in a database that may be damaged; nothing when none can be read.
std::optional<std::string> signed_before(const ledger::NodeFiles& files,
                                         const ledger::LogKeys& keys) {
  try {
    store::Database database(files.database(), store::OpenMode::read_only);
    auto notes = database.prepare("SELECT note FROM checkpoints ORDER BY tree_size DESC");
    while (notes.step()) {
      const std::string note = notes.text(0);
      try {
        static_cast<void>(ledger::open_checkpoint(note, keys));
        return note;
      } catch (const Error&) {
        continue;  // not the log's word
      }
    }
  } catch (const Error&) {
    return std::nullopt;  // a damaged database is why it is replaced
  }
  return std::nullopt;
}

std::optional<std::string> origin_of(const ledger::NodeFiles& files) {
  try {
    store::Database database(files.database(), store::OpenMode::read_only);
    const auto genesis = ledger::read_entry(database, 0);
    return genesis ? std::optional(genesis->entry.origin) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // as above
  }
}

void require_origin(const ledger::NodeFiles& files, const Node& copy) {
  const auto own = origin_of(files);
  if (!own || *own == copy.origin) return;
  throw Error(ErrorCode::integrity,
              "the node keeps the log `" + *own + "`, the backup is of `" + copy.origin + "`",
              files.folder.string());
}

/// The key in force may have signed nothing yet: then the one that signed last has the word.
crypto::PublicKey pin_for(const crypto::PublicKey& own, const Node& copy) {
  if (own != copy.keys.in_force().key) return own;
  return copy.keys.at(chain::parse_checkpoint(chain::parse_note(last_note(copy))).tree_size).key;
}

/// What the copy must hold besides being valid: everything that anybody here knows of the log.
ledger::VerifyOptions known_of(const ledger::NodeFiles& files, const Node& copy,
                               const RestoreFrom& from, const Path& state_home) {
  ledger::VerifyOptions known{
      .state_home = state_home,
      .pins = from.pins,
      .older_notes = from.older_notes,
      .skip = {},
      .deep = true};  // SECURITY: the file may come from anybody: every page of it is looked at
  if (stands(files.ledger_pub())) {
    known.pins.push_back({std::nullopt, pin_for(crypto::parse_public_pem(
                                                    read_file(files.ledger_pub(), max_key_bytes),
                                                    files.ledger_pub().string()),
                                                copy)});
  }
  if (auto note = signed_before(files, copy.keys)) {
    known.older_notes.push_back(*std::move(note));
  }
  return known;
}

/// Refused where a valid ledger has all that the backup holds.
void require_gain(const ledger::NodeFiles& files, const chain::Checkpoint& head,
                  const Path& state_home) {
  if (!stands(files.database())) return;
  const auto found =
      ledger::verify(files, {.state_home = state_home, .pins = {}, .older_notes = {}, .skip = {}});
  if (found.verdict != ledger::Verdict::valid || !found.head ||
      found.head->tree_size < head.tree_size) {
    return;
  }
  throw Error(ErrorCode::cannot_create,
              "the ledger here is valid and holds all " + std::to_string(head.tree_size) +
                  " entries of the backup",
              files.database().string(), "there is nothing to restore");
}

/// Verifies the copy and makes its tables from its entries.
void make_whole(const ledger::NodeFiles& copy, const ledger::WriteOptions& write,
                const ledger::VerifyOptions& known) {
  try {
    static_cast<void>(rebuild(copy, write, known));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::integrity) throw;
    const bool is_behind = error.where() == "head_note" || error.where() == "user_head" ||
                           error.where() == "older_notes";
    throw Error(ErrorCode::integrity, "the backup is refused: " + error.message(), error.where(),
                is_behind ? behind_hint : "the node is as it was; try another backup");
  }
}

}  // namespace

Restored restore(const Path& folder, const RestoreFrom& from, const Session& session) {
  const ledger::NodeFiles files{folder};
  const Path& state_home = session.write.state_home;
  ledger::refuse_network_filesystem(folder, session.write.allow_network_filesystem);
  const FileLock lock(files.lock(), session.write.patience);
  ledger::remove_left_over(files);
  const ScratchFolder scratch(ledger::restoring(files));
  const ledger::NodeFiles copy{scratch.path()};
  copy_backup(from.file, copy.database());
  const Node node = open_node(copy.folder);
  require_origin(files, node);
  const auto note = last_note(node);
  write_new_file(copy.head_note(), ledger::read_head_note(files).value_or(note),
                 Access::private_to_owner);
  make_whole(copy, session.write, known_of(files, node, from, state_home));
  const auto head = chain::parse_checkpoint(chain::parse_note(note));
  require_gain(files, head, state_home);
  Restored restored{.folder = folder,
                    .head = head,
                    .ledger_vkey = crypto::vkey(ledger_identity(node)),
                    .replaced = put_aside(files, session.now),
                    .missing_keys = {}};
  fs::rename(copy.database(), files.database());
  sync_folder(folder);
  ledger::write_heads(files, state_home, node.origin, note);
  for (const Path& key : {files.ledger_key(), files.token_key()}) {
    if (!stands(key)) restored.missing_keys.push_back("keys/" + key.filename().string());
  }
  return restored;
}

Json to_json(const Restored& restored) {
  return {{"schema", "lexecon.restore/1"},
          {"folder", restored.folder.string()},
          {"head",
           {{"origin", restored.head.origin},
            {"tree_size", restored.head.tree_size},
            {"root_hash", restored.head.root.hex()}}},
          {"ledger_vkey", restored.ledger_vkey},
          {"replaced", restored.replaced ? Json(restored.replaced->string()) : Json()},
          {"missing_keys", restored.missing_keys}};
}

}  // namespace lexecon::service
