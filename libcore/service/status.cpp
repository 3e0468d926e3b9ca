#include "service/status.hpp"

#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/head.hpp"
#include "ledger/reader.hpp"
#include "oversight/escalations.hpp"
#include "oversight/stops.hpp"
#include "registry/keys.hpp"
#include "registry/operators.hpp"
#include "service/node_keys.hpp"
#include "service/sets.hpp"

namespace lexecon::service {
namespace {

constexpr std::uint64_t max_key_bytes = 4096;

/// What `look` could not do, as a problem under that code.
void attempt(std::vector<Problem>& problems, const std::string& code,
             const std::function<void()>& look) {
  try {
    look();
  } catch (const Error& error) {
    const auto where = error.where().empty() ? std::string() : " (" + error.where() + ")";
    problems.push_back({code, error.message() + where});
  }
}

void expect(bool holds, const std::string& message) {
  if (!holds) throw Error(ErrorCode::integrity, message);
}

/// A head may lag behind the ledger after a crash; it may never be ahead of it or beside it.
void check_head(store::Database& database, const ledger::LogKeys& keys, const std::string& note) {
  const auto head = ledger::open_checkpoint(note, keys);
  const auto ours = ledger::checkpoint_at(database, head.tree_size);
  expect(ours.has_value(), "a head of size " + std::to_string(head.tree_size) +
                               " has no checkpoint in the ledger: it was rolled back or replaced");
  expect(ledger::open_checkpoint(*ours, keys) == head,
         "the ledger has another root at size " + std::to_string(head.tree_size) + " than a head");
}

void check_heads(store::Database& database, const Node& node, const ledger::Heads& heads) {
  expect(heads.node.has_value(), "`head.note` is missing");
  check_head(database, node.keys, *heads.node);
  if (heads.user) check_head(database, node.keys, *heads.user);
}

/// The public half of a private key file; nothing when only a passphrase could tell.
std::optional<crypto::PublicKey> readable_key(const Path& path) {
  const auto text = read_private_file(path, max_key_bytes);
  if (crypto::is_encrypted(text)) return std::nullopt;
  return crypto::parse_secret_pem(text, {}, path.string()).public_key();
}

// A waiting key is one that the next command puts in place or destroys.
void check_ledger_key(const Node& node) {
  if (has_waiting(ledger_place(node.files))) return;
  const auto in_force = node.keys.in_force().key;
  const auto own = readable_key(node.files.ledger_key());
  expect(!own || *own == in_force, "`keys/ledger.key` is not the key of this ledger");
  const auto published = crypto::parse_public_pem(read_file(node.files.ledger_pub(), max_key_bytes),
                                                  node.files.ledger_pub().string());
  expect(published == in_force, "`keys/ledger.pub` is not the key of this ledger");
}

void check_token_key(store::Database& database, const Node& node) {
  if (has_waiting(token_place(node.files))) return;
  const auto own = readable_key(node.files.token_key());
  expect(!own || registry::token_key(database, own->kid()),
         "`keys/token.key` is no token key of this ledger");
  const auto published = crypto::parse_public_pem(read_file(node.files.token_pub(), max_key_bytes),
                                                  node.files.token_pub().string());
  const auto known = registry::token_key(database, published.kid());
  expect(known.has_value(), "`keys/token.pub` is no token key of this ledger");
}

void look_at_ledger(store::Database& database, const Node& node, Status& status) {
  status.entries = ledger::size(database);
  if (const auto last = ledger::read_entry(database, status.entries - 1)) {
    status.last_entry_at = last->entry.timestamp;
  }
  if (const auto note = ledger::last_checkpoint(database)) {
    status.head = ledger::open_checkpoint(*note, node.keys);
  }
  const auto keys = registry::token_keys(database);
  if (!keys.empty()) status.token_kid = keys.back().kid;
  status.active = registry::active_set(database);
  status.escalations_open = oversight::count_open_escalations(database);
  const auto stops = oversight::stops(database);
  for (const auto& stop : stops.all()) {
    if (!stop.resumed_seq) status.stops.push_back(stop);
  }
  const auto operators = registry::operators(database);
  status.first_operator = operators.first();
  status.one_suffices = operators.one_suffices();
}

void look_at_draft(const Node& node, Status& status) {
  std::vector<Problem> unread;
  attempt(unread, "draft", [&] {
    const auto draft = decision::digests(read_draft(node.files));
    status.draft =
        drift(draft, status.active ? status.active->files : std::vector<decision::FileDigest>{});
  });
  if (!unread.empty()) status.draft_unread = unread.front().message;
}

void look_for_problems(store::Database& database, const Node& node, const ledger::Heads& heads,
                       Status& status) {
  if (!status.active) status.problems.push_back({"no_active_set", "no set is active"});
  attempt(status.problems, "active_set", [&] { (void)load_active(database); });
  attempt(status.problems, "heads", [&] { check_heads(database, node, heads); });
  attempt(status.problems, "ledger_key", [&] { check_ledger_key(node); });
  attempt(status.problems, "token_key", [&] { check_token_key(database, node); });
}

Json active_json(const std::optional<registry::SetRow>& active) {
  if (!active) return {};
  return {{"policy_hash", active->policy_hash.hex()},
          {"mode", active->mode},
          {"activated_at", to_text(active->activated_at)},
          {"seq", active->seq}};
}

Json head_json(const std::optional<chain::Checkpoint>& head) {
  if (!head) return {};
  return {{"tree_size", head->tree_size}, {"root_hash", head->root.hex()}};
}

Json stops_json(const std::vector<authority::Stop>& stops) {
  auto list = Json::array();
  for (const auto& stop : stops) {
    list.push_back({{"stop_id", stop.id},
                    {"scope", stop.scope},
                    {"target", stop.target.empty() ? Json() : Json(stop.target)},
                    {"reason", stop.reason},
                    {"actor", stop.actor},
                    {"timestamp", to_text(stop.at)},
                    {"seq", stop.seq}});
  }
  return list;
}

}  // namespace

Status status(const Node& node, const Path& state_home) {
  // Before the snapshot: a head read after it may be newer than what the snapshot shows.
  const auto heads = ledger::read_heads(node.files, state_home, node.origin);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  Status status;
  status.folder = node.files.folder;
  status.node_id = node.id;
  status.origin = node.origin;
  status.ledger_vkey = crypto::vkey(ledger_identity(node));
  look_at_ledger(database, node, status);
  look_at_draft(node, status);
  look_for_problems(database, node, heads, status);
  return status;
}

Json to_json(const Status& status) {
  auto problems = Json::array();
  for (const auto& problem : status.problems) {
    problems.push_back({{"code", problem.code}, {"message", problem.message}});
  }
  return {{"schema", "lexecon.status/1"},
          {"folder", status.folder.string()},
          {"node_id", status.node_id},
          {"origin", status.origin},
          {"ledger_vkey", status.ledger_vkey},
          {"token_kid", status.token_kid ? Json(*status.token_kid) : Json()},
          {"entries", status.entries},
          {"head", head_json(status.head)},
          {"last_entry_at", status.last_entry_at ? Json(to_text(*status.last_entry_at)) : Json()},
          {"policy", active_json(status.active)},
          {"draft",
           {{"differs", status.draft.any()},
            {"added", status.draft.added},
            {"changed", status.draft.changed},
            {"removed", status.draft.removed},
            {"unreadable", status.draft_unread ? Json(*status.draft_unread) : Json()}}},
          {"escalations_open", status.escalations_open},
          {"stops", stops_json(status.stops)},
          {"human_authority_from",
           status.first_operator ? Json(chain::entry_id(*status.first_operator)) : Json()},
          {"four_eyes", status.one_suffices ? "single" : "double"},
          {"ok", status.problems.empty()},
          {"problems", std::move(problems)}};
}

}  // namespace lexecon::service
