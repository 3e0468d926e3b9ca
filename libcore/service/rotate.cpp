#include "service/rotate.hpp"

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/json.hpp"
#include "registry/keys.hpp"
#include "registry/tokens.hpp"
#include "service/act.hpp"
#include "service/authority.hpp"

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

ledger::Draft draft(const Node& node, const std::string& event_type, Json data) {
  return {.event_type = event_type,
          .actor = node_actor(node),
          .data = std::move(data),
          .sealed = std::nullopt};
}

}  // namespace

Rotated rotate_ledger_key(const Node& node, const std::string& reason, Session& session) {
  require_code(reason);
  const auto place = ledger_place(node.files);
  const auto next = crypto::SecretKey::generate(session.entropy);
  const crypto::Identity identity{node.origin, next.public_key()};
  Rotated rotated{
      .purpose = "ledger", .key = identity, .removed = {}, .entry_hash = {}, .note = {}};
  {
    Act act(node, session);
    require_no_operator(act.database(), "rotating a key");
    rotated.removed.push_back(act.ledger_key().kid());
    put_beside(place, identity.key, key_file(next, place, session));
    const auto appended = act.append(
        draft(node, "key.rotated",
              {{"ledger_vkey", crypto::vkey(identity)}, {"lost", nullptr}, {"reason", reason}}));
    rotated.seq = appended.entry.seq;
    rotated.entry_hash = appended.hash;
    rotated.note = act.commit();
    settle(place, std::span(&identity.key, 1));
  }
  return rotated;
}

Rotated rotate_token_key(const Node& node, const std::string& reason, Session& session) {
  require_code(reason);
  const auto place = token_place(node.files);
  const auto next = crypto::SecretKey::generate(session.entropy);
  const auto& key = next.public_key();
  Rotated rotated{
      .purpose = "token", .key = {node.origin, key}, .removed = {}, .entry_hash = {}, .note = {}};
  Act act(node, session);
  require_no_operator(act.database(), "rotating a key");
  const auto in_force = registry::token_keys(act.database());
  settle(place, keys_of(in_force));
  rotated.tokens_refused = count_unexpired(act.database(), act.at());
  put_beside(place, key, key_file(next, place, session));
  const auto added = act.append(
      draft(node, "key.added",
            {{"kid", key.kid()}, {"public_key", to_hex(key.view())}, {"purpose", "token"}}));
  rotated.seq = added.entry.seq;
  rotated.entry_hash = added.hash;
  for (const auto& old : in_force) {
    rotated.removed.push_back(old.kid);
    act.append(draft(node, "key.removed", {{"kid", old.kid}, {"reason", reason}}));
  }
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
