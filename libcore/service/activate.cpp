#include "service/activate.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "json/json.hpp"
#include "service/draft.hpp"
#include "service/lint.hpp"
#include "service/overrides.hpp"
#include "service/sets.hpp"

namespace lexecon::service {
namespace {

Json files_json(std::span<const decision::FileDigest> files) {
  auto list = Json::array();
  for (const auto& file : files) {
    list.push_back({{"name", file.name}, {"sha256", file.sha256.hex()}});
  }
  return list;
}

/// Where a rollback goes: the set before the active one, by the entry that replaced it.
registry::SetRow target_of(store::Database& database, const std::optional<Hash>& to) {
  auto hash = to;
  if (!hash) {
    const auto active = registry::active_set(database);
    if (!active || !active->previous_hash) {
      throw Error(ErrorCode::not_found, "there is no earlier set to go back to", {},
                  "lexecon policy list shows the sets that were activated");
    }
    hash = active->previous_hash;
  }
  auto row = registry::find_set(database, *hash);
  if (!row) {
    throw Error(ErrorCode::not_found, "no set with hash `" + hash->hex() + "` was ever activated",
                {}, "lexecon policy list shows the sets that were activated");
  }
  return std::move(*row);
}

std::optional<Hash> hash_of(const std::optional<registry::SetRow>& row) {
  return row ? std::optional(row->policy_hash) : std::nullopt;
}

std::optional<registry::SetRow> active_now(const Node& node) {
  auto database = open_ledger(node);
  return registry::active_set(database);
}

/// What was asked for is so already.
Activation unchanged(const decision::ActiveSet& set, const registry::SetRow& active) {
  return {.policy_hash = set.policy_hash,
          .previous_hash = active.previous_hash,
          .mode = set.policies.mode(),
          .files = set.files,
          .changed = false,
          .seq = std::nullopt,
          .entry_hash = std::nullopt,
          .enacted = std::nullopt,
          .lint = {}};
}

struct Earlier {
  std::optional<registry::SetRow> active;
  std::vector<decision::SetFile> files;
};
Earlier earlier(const Node& node, const std::optional<Hash>& to) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto target = target_of(database, to);
  Earlier found{registry::active_set(database), set_files(database, target)};
  if (decision::set_hash(decision::digests(found.files)) != target.policy_hash) {
    throw Error(ErrorCode::integrity, "the files on record do not give the set's hash",
                chain::entry_id(target.seq), "run lexecon ledger verify");
  }
  return found;
}

/// Before anybody signs; behind the lock it is asked again.
void require_enacts(const Node& node, const std::string& override_id, bool changes) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  require_enactable(database, override_id);
  if (changes) return;
  throw Error(ErrorCode::bad_input,
              "the set is in force already: nothing is activated for `" + override_id + "`",
              "--enacts", "change the policy as the override asks for");
}

/// Right behind the activation, in its transaction.
void enact(Act& act, const Node& node, const std::string& override_id, Activation& result) {
  act.append({.event_type = "override.enacted",
              .actor = node_actor(node),
              .data = {{"override_id", override_id}, {"policy_hash", result.policy_hash.hex()}},
              .sealed = std::nullopt});
  result.enacted = override_id;
}

/// The signature names the set that is replaced, so that one must still be in force behind the lock.
Activation replace(const Node& node, std::span<const decision::SetFile> files,
                   const std::optional<registry::SetRow>& active,
                   const std::optional<Signatory>& signatory, Session& session,
                   const std::optional<std::string>& enacts = std::nullopt) {
  const auto set = decision::load_set(files);
  const bool changes = !active || active->policy_hash != set.policy_hash;
  if (enacts) require_enacts(node, *enacts, changes);
  if (!changes) return unchanged(set, *active);
  auto draft = prepare(node, activation_of(set, active), signatory, session);
  Act act(node, session);
  if (hash_of(registry::active_set(act.database())) != hash_of(active)) {
    throw Error(ErrorCode::busy, "another set came into force meanwhile, and nothing was recorded",
                {}, "run lexecon policy list, and the command again");
  }
  require_approved(act, node, draft);
  if (enacts) require_enactable(act.database(), *enacts);
  auto result = activate_in(act, set, files, std::move(draft));
  if (enacts) enact(act, node, *enacts, result);
  (void)act.commit();
  return result;
}

}  // namespace

Wanted activation_of(const decision::ActiveSet& set,
                     const std::optional<registry::SetRow>& active) {
  const auto previous = hash_of(active);
  return {.event_type = "policy.activated",
          .data = {{"files", files_json(set.files)},
                   {"four_eyes", decision::to_string(set.node.four_eyes)},
                   {"mode", policy::to_string(set.policies.mode())},
                   {"policy_hash", set.policy_hash.hex()},
                   {"previous_hash", previous ? Json(previous->hex()) : Json()}}};
}

Activation activate_in(Act& act, const decision::ActiveSet& set,
                       std::span<const decision::SetFile> files, ledger::Draft activated) {
  Activation result{.policy_hash = set.policy_hash,
                    .previous_hash = hash_of(registry::active_set(act.database())),
                    .mode = set.policies.mode(),
                    .files = set.files,
                    .changed = true,
                    .seq = std::nullopt,
                    .entry_hash = std::nullopt,
                    .enacted = std::nullopt,
                    .lint = {}};
  for (const auto& file : files) registry::keep_file(act.database(), file.bytes);
  const auto appended = act.append(std::move(activated));
  result.seq = appended.entry.seq;
  result.entry_hash = appended.hash;
  return result;
}

Activation activate(const Node& node, const std::optional<Hash>& expect,
                    const std::optional<Signatory>& signatory, Session& session,
                    const std::optional<std::string>& enacts) {
  const auto files = read_draft(node.files);
  const auto found = decision::set_hash(decision::digests(files));
  if (expect && found != *expect) {
    throw Error(ErrorCode::bad_input,
                "expected a set with hash `" + expect->hex() + "`, found `" + found.hex() + "`",
                node.files.folder.string(), "lexecon policy hash prints the hash of the draft");
  }
  auto result = replace(node, files, active_now(node), signatory, session, enacts);
  const LintedSet draft{.prefix = {}, .files = files};
  result.lint = lint(std::span(&draft, 1), session.now).report;
  return result;
}

Activation rollback(const Node& node, const std::optional<Hash>& to,
                    const std::optional<Signatory>& signatory, Session& session) {
  const auto [active, files] = earlier(node, to);
  return replace(node, files, active, signatory, session);
}

Json to_json(const Activation& activation) {
  return {
      {"schema", "lexecon.activation/1"},
      {"changed", activation.changed},
      {"enacted", activation.enacted ? Json(*activation.enacted) : Json()},
      {"policy_hash", activation.policy_hash.hex()},
      {"previous_hash", activation.previous_hash ? Json(activation.previous_hash->hex()) : Json()},
      {"mode", policy::to_string(activation.mode)},
      {"files", files_json(activation.files)},
      {"seq", activation.seq ? Json(*activation.seq) : Json()},
      {"ledger_entry_id", activation.seq ? Json(chain::entry_id(*activation.seq)) : Json()},
      {"findings", findings::to_json(activation.lint)},
      {"entry_hash", activation.entry_hash ? Json(activation.entry_hash->hex()) : Json()}};
}

}  // namespace lexecon::service
