#include "service/backup.hpp"

#include "base/error.hpp"
#include "base/scratch.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "ledger/standing.hpp"
#include "ledger/verify.hpp"

namespace lexecon::service {
namespace {

void refuse_what_stands_there(const Path& file) {
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, failed))) return;
  const std::string name = printable(file.string());
  throw Error(ErrorCode::cannot_create, "`" + name + "` already exists and is not overwritten",
              name);
}

/// One state of the ledger, none that was set back; returns its last note.
std::string copy_ledger(const Node& node, const Path& target, const Path& state_home) {
  const auto heads = ledger::read_heads(node.files, state_home, node.origin);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto standing = ledger::read_standing(database);
  ledger::check_heads(database, standing, heads);
  database.copy_to(target);
  return standing.note;
}

chain::Checkpoint require_valid(const ledger::NodeFiles& copy, const Node& node,
                                const std::string& note) {
  const auto size = chain::parse_checkpoint(chain::parse_note(note)).tree_size;
  const auto found = ledger::verify(copy, {.state_home = {},
                                           .pins = {{node.origin, node.keys.at(size).key}},
                                           .older_notes = {note},
                                           .skip = {}});
  for (const auto& check : found.checks) {
    if (check.status != ledger::CheckStatus::fail) continue;
    throw Error(ErrorCode::integrity, "the copy is no valid ledger: " + check.detail, check.name,
                "nothing was kept; run lexecon ledger verify. As evidence, copy the node as it is "
                "while nobody writes to it");
  }
  if (found.verdict != ledger::Verdict::valid || !found.head) {
    throw Error(ErrorCode::integrity, "the copy is no valid ledger: " + found.cause.value_or(""));
  }
  return *found.head;
}

}  // namespace

BackedUp backup(const Node& node, const Path& file, const Path& state_home) {
  refuse_what_stands_there(file);
  const ScratchFolder scratch(file.string() + ".new");
  const ledger::NodeFiles copy{scratch.path()};
  const auto note = copy_ledger(node, copy.database(), state_home);
  write_new_file(copy.head_note(), note, Access::private_to_owner);
  BackedUp made{.file = file,
                .bytes = std::filesystem::file_size(copy.database()),
                .head = require_valid(copy, node, note),
                .ledger_vkey = crypto::vkey(ledger_identity(node))};
  move_to_new_name(copy.database(), file);
  return made;
}

Json to_json(const BackedUp& made) {
  return {{"schema", "lexecon.backup/1"},
          {"file", made.file.string()},
          {"bytes", made.bytes},
          {"head",
           {{"origin", made.head.origin},
            {"tree_size", made.head.tree_size},
            {"root_hash", made.head.root.hex()}}},
          {"ledger_vkey", made.ledger_vkey},
          {"not_included", {"keys", "drafts", "heads", "evidence"}}};
}

}  // namespace lexecon::service
