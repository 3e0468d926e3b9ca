#include "service/rotate.hpp"

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/json.hpp"
#include "registry/keys.hpp"
#include "registry/tokens.hpp"

namespace lexecon::service {
namespace {

void require_code(const std::string& reason) {
  if (is_code(reason)) return;
  throw Error(ErrorCode::usage,
              "expected a reason code of 1 to 128 of `a-z0-9_.:-`, got `" + reason + "`",
              "--reason", "scheduled, compromised, staff_left: no free text stands in an entry");
}

std::uint64_t count_unexpired(store::Database& database, Timestamp now) {
  registry::TokenFilter recent;
  recent.from = Timestamp{now.micros - std::int64_t{token::max_life_seconds} * 1'000'000};
  std::uint64_t count = 0;
  registry::each_token(database, recent, [&](const registry::TokenRow& row) {
    const bool is_good =
        row.record.expires_at > now && !row.revoked_seq && row.used < std::int64_t{row.record.uses};
    if (is_good) ++count;
  });
  return count;
}

std::vector<crypto::PublicKey> keys_of(const std::vector<registry::TokenKey>& known) {
  std::vector<crypto::PublicKey> keys;
  for (const auto& each : known) keys.push_back(each.key);
  return keys;
}

std::vector<registry::TokenKey> keys_now(const Node& node) {
  auto database = open_ledger(node);
  return registry::token_keys(database);
}

/// key.removed of each, a signature each.
std::vector<ledger::Draft> removals(const Node& node, const std::vector<registry::TokenKey>& keys,
                                    const std::string& reason,
                                    const std::optional<Signatory>& signatory, Session& session) {
  std::vector<ledger::Draft> drafts;
  for (const auto& each : keys) {
    Wanted removed{.event_type = "key.removed", .data = {{"kid", each.kid}, {"reason", reason}}};
    drafts.push_back(prepare(node, std::move(removed), signatory, session));
  }
  return drafts;
}

void require_unchanged(const std::vector<registry::TokenKey>& before,
                       const std::vector<registry::TokenKey>& now) {
  if (keys_of(before) == keys_of(now)) return;
  throw Error(ErrorCode::busy,
              "another token key came into force meanwhile, and nothing was recorded", {},
              "run lexecon key show, and the command again if it is still needed");
}

}  // namespace

Rotated rotate_ledger_key(const Node& node, const std::string& reason,
                          const std::optional<Signatory>& signatory, Session& session) {
  require_code(reason);
  const auto place = ledger_place(node.files);
  const auto next = crypto::SecretKey::generate(session.entropy);
  const crypto::Identity identity{node.origin, next.public_key()};
  Rotated rotated{
      .purpose = "ledger", .key = identity, .removed = {}, .entry_hash = {}, .note = {}};
  auto draft = prepare(
      node,
      {.event_type = "key.rotated",
       .data = {{"ledger_vkey", crypto::vkey(identity)}, {"lost", nullptr}, {"reason", reason}}},
      signatory, session);
  {
    Act act(node, session);
    require_approved(act, node, draft);
    rotated.removed.push_back(act.ledger_key().kid());
    put_beside(place, identity.key, key_file(next, place, session));
    const auto appended = act.append(std::move(draft));
    rotated.seq = appended.entry.seq;
    rotated.entry_hash = appended.hash;
    rotated.note = act.commit();
    settle(place, std::span(&identity.key, 1));
  }
  return rotated;
}

Rotated rotate_token_key(const Node& node, const std::string& reason,
                         const std::optional<Signatory>& signatory, Session& session) {
  require_code(reason);
  const auto place = token_place(node.files);
  const auto next = crypto::SecretKey::generate(session.entropy);
  const auto& key = next.public_key();
  Rotated rotated{
      .purpose = "token", .key = {node.origin, key}, .removed = {}, .entry_hash = {}, .note = {}};
  const auto in_force = keys_now(node);
  auto removed = removals(node, in_force, reason, signatory, session);
  Act act(node, session);
  require_unchanged(in_force, registry::token_keys(act.database()));
  for (const auto& each : removed) require_approved(act, node, each);
  settle(place, keys_of(in_force));
  rotated.tokens_refused = count_unexpired(act.database(), act.at());
  put_beside(place, key, key_file(next, place, session));
  const auto added = act.append(
      {.event_type = "key.added",
       .actor = node_actor(node),
       .data = {{"kid", key.kid()}, {"public_key", to_hex(key.view())}, {"purpose", "token"}},
       .sealed = std::nullopt});
  rotated.seq = added.entry.seq;
  rotated.entry_hash = added.hash;
  for (auto& each : removed) act.append(std::move(each));
  for (const auto& old : in_force) rotated.removed.push_back(old.kid);
  rotated.note = act.commit();
  settle(place, std::span(&key, 1));
  return rotated;
}

Json to_json(const Rotated& rotated) {
  const auto checkpoint = chain::parse_checkpoint(chain::parse_note(rotated.note));
  const bool is_ledger = rotated.purpose == "ledger";
  return {
      {"schema", "lexecon.key_rotation/1"},
      {"purpose", rotated.purpose},
      {"origin", rotated.key.name},
      {"kid", rotated.key.key.kid()},
      {"removed_kids", rotated.removed},
      {"ledger_vkey", is_ledger ? Json(crypto::vkey(rotated.key)) : Json()},
      {"public_key", crypto::public_pem(rotated.key.key)},
      {"tokens_refused", rotated.tokens_refused},
      {"seq", rotated.seq},
      {"ledger_entry_id", chain::entry_id(rotated.seq)},
      {"entry_hash", rotated.entry_hash.hex()},
      {"checkpoint", {{"tree_size", checkpoint.tree_size}, {"root_hash", checkpoint.root.hex()}}}};
}

}  // namespace lexecon::service
