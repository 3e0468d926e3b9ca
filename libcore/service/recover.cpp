#include "service/recover.hpp"

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/scratch.hpp"
#include "base/utf8.hpp"
#include "chain/checkpoint.hpp"
#include "json/json.hpp"
#include "ledger/ground.hpp"
#include "ledger/head.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "ledger/writer.hpp"
#include "service/aside.hpp"
#include "service/node_keys.hpp"
#include "service/salvage.hpp"
#include "store/schema.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_reason_bytes = 4'096;
constexpr std::uint64_t max_key_bytes = 4'096;

void require_reason(const std::string& reason) {
  if (!reason.empty() && reason.size() <= max_reason_bytes &&
      find_bad_utf8(reason) == std::string_view::npos && reason.find('\0') == std::string::npos) {
    return;
  }
  throw Error(ErrorCode::usage, "expected a reason of 1 to 4096 bytes of UTF-8", "--reason");
}

// A journal that a crash left is rolled back first, as any writer would.
store::Database open_damaged(const ledger::NodeFiles& files, std::chrono::milliseconds patience) {
  store::Database database(files.database(), store::OpenMode::read_write, patience);
  store::check_schema(database);
  return database;
}

// Whoever can go on has no need of a key that nobody vouches for.
void require_need(const ledger::NodeFiles& files, const Path& state_home) {
  const auto found =
      ledger::verify(files, {.state_home = state_home, .pins = {}, .older_notes = {}, .skip = {}});
  std::error_code failed;
  const bool has_key = fs::exists(files.ledger_key(), failed);
  if (found.verdict != ledger::Verdict::valid || !has_key) return;
  throw Error(ErrorCode::not_permitted, "the ledger is valid: there is nothing to recover",
              files.folder.string(), "lexecon ledger verify says what it found");
}

std::optional<chain::Checkpoint> opened(const std::string& note,
                                        const std::vector<crypto::Identity>& known) {
  for (const auto& signer : known) {
    try {
      return chain::open_checkpoint(note, signer);
    } catch (const Error&) {
      continue;
    }
  }
  return std::nullopt;
}

/// Every key that is known of the log: of what is accepted, of the whole database, of the node.
std::vector<crypto::Identity> known_keys(store::Database& from, const ledger::NodeFiles& files,
                                         const Node& accepted) {
  std::vector<crypto::Identity> known{accepted.keys.genesis};
  const auto add = [&](const ledger::LogKeys& keys) {
    for (const auto& each : keys.rotations) known.push_back({accepted.origin, each.next.key});
  };
  add(accepted.keys);
  try {
    add(ledger::read_log_keys(from, accepted.keys.genesis));
  } catch (const Error&) {
    // a damaged database is why it is replaced
  }
  try {
    const auto path = files.ledger_pub();
    known.push_back({accepted.origin, crypto::parse_public_pem(read_file(path, max_key_bytes))});
  } catch (const Error&) {
    // the node may have lost it
  }
  return known;
}

std::optional<std::string> last_note(store::Database& from) {
  try {
    return ledger::last_checkpoint(from);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The largest signed checkpoint that the accepted entries do not lead to; else the accepted one.
ledger::Lost lost_in(store::Database& from, store::Database& accepted,
                     const std::vector<std::optional<std::string>>& notes,
                     const std::vector<crypto::Identity>& known, std::uint64_t size) {
  const auto text = ledger::checkpoint_at(accepted, size).value_or("");
  const auto end = chain::parse_checkpoint(chain::parse_note(text));
  std::optional<chain::Checkpoint> lost;
  auto all = notes;
  all.push_back(last_note(from));
  for (const auto& note : all) {
    const auto checkpoint = note ? opened(*note, known) : std::nullopt;
    if (!checkpoint || checkpoint->tree_size == 0) continue;
    const auto ours = ledger::checkpoint_at(accepted, checkpoint->tree_size);
    const bool is_ours = ours && chain::parse_checkpoint(chain::parse_note(*ours)) == *checkpoint;
    if (!is_ours && (!lost || lost->tree_size < checkpoint->tree_size)) lost = checkpoint;
  }
  return lost ? ledger::Lost{lost->root, lost->tree_size} : ledger::Lost{end.root, end.tree_size};
}

Json lost_json(const ledger::Lost& lost) {
  return {{"root_hash", lost.root.hex()}, {"tree_size", lost.tree_size}};
}

/// Throws when the log was closed.
ledger::Lost lost_below(store::Database& from, const ledger::NodeFiles& files, const Node& accepted,
                        const ledger::Heads& heads, std::uint64_t size) {
  auto database = open_ledger(accepted);
  const auto last = ledger::read_entry(database, size - 1);
  if (!last || last->entry.event_type == "log.closed") {
    throw Error(ErrorCode::not_permitted, "the log was closed, and stays closed");
  }
  return lost_in(from, database, {heads.node, heads.user}, known_keys(from, files, accepted), size);
}

// By the operators of what is accepted, whatever came behind it.
void require_approved(ledger::Writer& writer, const ledger::Draft& draft) {
  const auto refused = refusal_of(writer.database(), draft, writer.origin(), writer.at());
  if (!refused) return;
  throw Error(ErrorCode::not_permitted, refused->sentence, refused->code,
              "nothing was changed, and no log is there to record it in");
}

void require_valid(const ledger::NodeFiles& made) {
  const auto found = ledger::verify(
      made, {.state_home = {}, .pins = {}, .older_notes = {}, .skip = {}, .project = project});
  for (const auto& check : found.checks) {
    if (check.status != ledger::CheckStatus::fail) continue;
    throw Error(ErrorCode::integrity, "what that checkpoint signs is invalid too: " + check.detail,
                check.name,
                "nothing was changed; accept a smaller stored checkpoint, or restore a backup");
  }
  if (found.verdict != ledger::Verdict::valid) {
    throw Error(ErrorCode::integrity, "what that checkpoint signs cannot be verified");
  }
}

/// SECURITY: the one place where a head may be replaced by one of another root.
void replace_heads(const ledger::NodeFiles& files, const Path& state_home,
                   const std::string& origin, const std::string& note) {
  replace_file(files.head_note(), note, Access::as_umask);
  if (state_home.empty()) return;
  const Path copy = ledger::user_head(state_home, origin);
  std::error_code failed;
  if (!fs::exists(fs::symlink_status(copy, failed))) return;  // the next writer makes one
  replace_file(copy, note, Access::private_to_owner);
}

void put_heads_aside(const Path& aside, const ledger::Heads& heads) {
  if (heads.node) write_new_file(aside / "head.note", *heads.node, Access::private_to_owner);
  if (heads.user) write_new_file(aside / "user.note", *heads.user, Access::private_to_owner);
}

/// A recovery that ended behind its swap: its key still waits. Only the heads and the keys are left.
std::optional<Recovered> finished(const ledger::NodeFiles& files, const Path& state_home) {
  const auto place = ledger_place(files);
  if (!has_waiting(place)) return std::nullopt;
  std::optional<Node> node;
  try {
    node = open_node(files.folder);
  } catch (const Error&) {
    return std::nullopt;
  }
  if (node->keys.rotations.empty()) return std::nullopt;
  const auto& last = node->keys.rotations.back();
  auto database = open_ledger(*node);
  std::error_code failed;
  const bool waits = fs::exists(place.secret.string() + "." + last.next.key.kid(), failed);
  if (!last.lost || !waits || ledger::size(database) != last.seq + 1) return std::nullopt;
  const auto note = ledger::last_checkpoint(database).value_or("");
  static_cast<void>(ledger::open_checkpoint(note, node->keys));
  replace_heads(files, state_home, node->origin, note);
  settle(place, std::span(&last.next.key, 1));
  return Recovered{.node_id = node->id,
                   .key = last.next,
                   .seq = last.seq,
                   .lost = *last.lost,
                   .note = note,
                   .aside = std::nullopt};
}

}  // namespace

Recovered recover(const Path& folder, std::uint64_t accept_size, const std::string& reason,
                  const std::optional<Signatory>& signatory, Session& session) {
  require_reason(reason);
  const ledger::NodeFiles files{folder};
  const Path& state_home = session.write.state_home;
  ledger::refuse_network_filesystem(folder, session.write.allow_network_filesystem);
  const FileLock lock(files.lock(), session.write.patience);
  if (auto done = finished(files, state_home)) return *std::move(done);
  auto from = open_damaged(files, session.write.patience);
  require_need(files, state_home);
  ledger::remove_left_over(files);
  const ScratchFolder scratch(ledger::recovering(files));
  const ledger::NodeFiles made{scratch.path()};
  salvage(from, made, accept_size);
  const Node accepted = open_node(made.folder);
  const auto heads = ledger::read_heads(files, state_home, accepted.origin);
  const auto next = crypto::SecretKey::generate(session.entropy);
  Recovered recovered{.node_id = accepted.id,
                      .key = {accepted.origin, next.public_key()},
                      .seq = accept_size,
                      .lost = {},
                      .note = {},
                      .aside = {}};
  recovered.lost = lost_below(from, files, accepted, heads, accept_size);
  // Signed under the lock: what is lost must stay what it is, and a broken log takes no entries.
  auto draft = prepare(accepted,
                       {.event_type = "key.rotated",
                        .data = {{"ledger_vkey", crypto::vkey(recovered.key)},
                                 {"lost", lost_json(recovered.lost)},
                                 {"reason", "recovery"}},
                        .sealed = Json{{"reason", reason}}},
                       signatory, session);
  {
    auto write = session.write;
    write.state_home.clear();
    auto writer = ledger::Writer::recover(made, next, session.now, session.entropy, write);
    require_approved(writer, draft);
    writer.append(std::move(draft));
    recovered.note = writer.commit();
  }
  require_valid(made);
  const auto place = ledger_place(files);
  put_beside(place, next.public_key(), key_file(next, place, session));
  recovered.aside = put_aside(files, session.now);
  put_heads_aside(*recovered.aside, heads);
  // Before the swap: the key of a log that is still broken matters less than one of a log that is not.
  replace_file(place.published, crypto::public_pem(next.public_key()), Access::as_umask);
  fs::rename(made.database(), files.database());
  sync_folder(folder);
  replace_heads(files, state_home, accepted.origin, recovered.note);
  settle(place, std::span(&recovered.key.key, 1));
  return recovered;
}

Json to_json(const Recovered& recovered) {
  const auto checkpoint = chain::parse_checkpoint(chain::parse_note(recovered.note));
  return {
      {"schema", "lexecon.recovery/1"},
      {"node_id", recovered.node_id},
      {"origin", recovered.key.name},
      {"ledger_vkey", crypto::vkey(recovered.key)},
      {"accepted", recovered.seq},
      {"lost", lost_json(recovered.lost)},
      {"seq", recovered.seq},
      {"ledger_entry_id", chain::entry_id(recovered.seq)},
      {"checkpoint", {{"tree_size", checkpoint.tree_size}, {"root_hash", checkpoint.root.hex()}}},
      {"aside", recovered.aside ? Json(recovered.aside->string()) : Json()}};
}

}  // namespace lexecon::service
