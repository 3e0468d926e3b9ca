#include "service/activate.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "json/json.hpp"
#include "service/authority.hpp"
#include "service/draft.hpp"
#include "service/lint.hpp"
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

Json activation_data(const decision::ActiveSet& set, const std::optional<Hash>& previous) {
  return {{"files", files_json(set.files)},
          {"four_eyes", decision::to_string(set.node.four_eyes)},
          {"mode", policy::to_string(set.policies.mode())},
          {"policy_hash", set.policy_hash.hex()},
          {"previous_hash", previous ? Json(previous->hex()) : Json()}};
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

}  // namespace

Activation activate_in(Act& act, std::span<const decision::SetFile> files,
                       const std::string& actor) {
  const auto set = decision::load_set(files);
  const auto active = registry::active_set(act.database());
  Activation result{.policy_hash = set.policy_hash,
                    .previous_hash = active ? std::optional(active->policy_hash) : std::nullopt,
                    .mode = set.policies.mode(),
                    .files = set.files,
                    .changed = true,
                    .seq = std::nullopt,
                    .entry_hash = std::nullopt,
                    .lint = {}};
  if (active && active->policy_hash == set.policy_hash) {
    result.previous_hash = active->previous_hash;
    result.changed = false;
    return result;
  }
  require_no_operator(act.database(), "activating a set");
  for (const auto& file : files) registry::keep_file(act.database(), file.bytes);
  const auto appended = act.append({.event_type = "policy.activated",
                                    .actor = actor,
                                    .data = activation_data(set, result.previous_hash),
                                    .sealed = std::nullopt});
  result.seq = appended.entry.seq;
  result.entry_hash = appended.hash;
  return result;
}

Activation activate(const Node& node, const std::optional<Hash>& expect, Session& session) {
  const auto files = read_draft(node.files);
  const auto found = decision::set_hash(decision::digests(files));
  if (expect && found != *expect) {
    throw Error(ErrorCode::bad_input,
                "expected a set with hash `" + expect->hex() + "`, found `" + found.hex() + "`",
                node.files.folder.string(), "lexecon policy hash prints the hash of the draft");
  }
  (void)decision::load_set(files);  // says what does not load before the lock is taken
  Act act(node, session);
  auto result = activate_in(act, files, node_actor(node));
  (void)act.commit();
  const LintedSet draft{.prefix = {}, .files = files};
  result.lint = lint(std::span(&draft, 1), session.now).report;
  return result;
}

Activation rollback(const Node& node, const std::optional<Hash>& to, Session& session) {
  Act act(node, session);
  const auto target = target_of(act.database(), to);
  const auto files = set_files(act.database(), target);
  auto result = activate_in(act, files, node_actor(node));
  if (result.policy_hash != target.policy_hash) {
    throw Error(ErrorCode::integrity, "the files on record do not give the set's hash",
                chain::entry_id(target.seq), "run lexecon ledger verify");
  }
  (void)act.commit();
  return result;
}

Json to_json(const Activation& activation) {
  return {
      {"schema", "lexecon.activation/1"},
      {"changed", activation.changed},
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
