#include "service/cosign.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/witness.hpp"
#include "json/json.hpp"
#include "registry/evidence.hpp"
#include "registry/keys.hpp"
#include "service/act.hpp"

namespace lexecon::service {
namespace {

bool is_there(const Path& path) {
  std::error_code failed;
  return std::filesystem::exists(std::filesystem::symlink_status(path, failed));
}

/// A first one is under the passphrase of the ledger key, which opened just now.
crypto::SecretKey make_key(const Node& node, Session& session) {
  auto key = crypto::SecretKey::generate(session.entropy);
  write_new_file(node.files.witness_key(), key_file(key, ledger_place(node.files), session),
                 Access::private_to_owner);
  return key;
}

/// SECURITY: what it signs was chosen by others, so it must be no key that signs anything else.
void require_own_purpose(Act& act, const Node& node, const crypto::PublicKey& key,
                         const crypto::PublicKey& log) {
  bool is_other = key == log || node.keys.sizes_of(key).has_value() || key == act.ledger_key();
  for (const auto& each : registry::token_keys(act.database())) is_other |= each.key == key;
  if (!is_other) return;
  throw Error(ErrorCode::configuration, "the witness key is another key too",
              node.files.witness_key().string(),
              "remove it; the next checkpoint is cosigned with a new one");
}

std::optional<crypto::Identity> log_of(const std::optional<crypto::Pin>& pin,
                                       const std::optional<chain::CosignedHead>& last,
                                       const std::string& origin) {
  if (pin) return crypto::Identity{pin->name.value_or(origin), pin->key};
  return last ? std::optional(last->log) : std::nullopt;
}

bool is_by(const chain::Note& note, const crypto::Identity& log) {
  try {
    static_cast<void>(chain::open_checkpoint(to_bytes(note), log));
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::integrity) throw;
    return false;
  }
}

chain::CosignedHead head_in(const ledger::StoredEntry& stored) {
  try {
    static_cast<void>(chain::check_entry(stored.entry));
    return chain::parse_cosigned_head(stored.entry.data);
  } catch (const Error& error) {
    throw Error(ErrorCode::integrity, "the head that was cosigned last is none: " + error.message(),
                chain::entry_id(stored.entry.seq), "run lexecon ledger verify");
  }
}

/// By the name in the vkey of its log, which stands before the first `+`; what has none is altered.
bool is_of(const chain::Entry& entry, const std::string& origin) {
  const auto vkey = entry.data.find("log_vkey");
  return vkey == entry.data.end() || !vkey->is_string() ||
         vkey->get_ref<const std::string&>().starts_with(origin + "+");
}

CosignAnswer no(CosignAnswer answer, std::string_view cause, bool is_refused) {
  answer.cause = cause;
  answer.is_refused = is_refused;
  return answer;
}

/// Without a cause when nothing stands against it.
CosignAnswer judged(store::Database& database, const chain::Offer& offer,
                    const std::optional<crypto::Pin>& pin) {
  CosignAnswer answer{.offered = to_bytes(offer.note), .checkpoint = offer.checkpoint};
  answer.last = last_cosigned(database, offer.checkpoint.origin);
  const auto log = log_of(pin, answer.last, offer.checkpoint.origin);
  if (!log) return no(std::move(answer), "key_not_pinned", false);
  if (!is_by(offer.note, *log)) return no(std::move(answer), "bad_signature", true);
  const auto last = answer.last ? std::optional(answer.last->checkpoint) : std::nullopt;
  const auto found = chain::compare(offer, last);
  if (found == chain::Consistency::consistent) return answer;
  return no(std::move(answer), to_string(found), is_refusal(found));
}

ledger::Draft draft_of(const Node& node, chain::Note note, const crypto::Identity& log,
                       const crypto::Identity& witness, const crypto::SecretKey& key,
                       Timestamp at) {
  note.lines.resize(1);  // the log's own: what others signed is nothing to this witness
  return {.event_type = std::string(chain::witness_cosigned),
          .actor = node_actor(node),
          .data = {{"log_vkey", crypto::vkey(log)},
                   {"note", to_bytes(chain::cosign(std::move(note), witness, key, at))},
                   {"witness_vkey", crypto::vkey(witness, crypto::KeyType::witness)}},
          .sealed = std::nullopt};
}

CosignAnswer record(Act& act, const Node& node, const chain::Offer& offer,
                    const crypto::Identity& log, const crypto::SecretKey& key,
                    CosignAnswer answer) {
  require_own_purpose(act, node, key.public_key(), log.key);
  const auto witness = chain::witness_of(key.public_key());
  const auto before = last_cosigned(act.database(), std::nullopt);
  answer.is_new_key = !before || before->witness != witness;
  answer.note = to_bytes(chain::cosign(offer.note, witness, key, act.at()));
  const auto appended = act.append(draft_of(node, offer.note, log, witness, key, act.at()));
  answer.made = chain::parse_cosigned_head(appended.entry.data);
  answer.seq = appended.entry.seq;
  (void)act.commit();
  return answer;
}

}  // namespace

CosignAnswer cosign(const Node& node, std::string_view text, const std::optional<crypto::Pin>& pin,
                    Session& session) {
  const auto offer = chain::parse_offer(text);
  const auto& origin = offer.checkpoint.origin;
  if (origin == node.origin) {
    throw Error(ErrorCode::bad_input, "a node is no witness of its own log", origin,
                "another node cosigns it");
  }
  std::optional<crypto::SecretKey> key;  // before the lock, under which nobody is asked anything
  if (is_there(node.files.witness_key())) {
    key = load_key(node.files.witness_key(), session.passphrase);
  }
  Act act(node, session);
  auto answer = judged(act.database(), offer, pin);
  if (answer.cause) return answer;
  if (!key) key = make_key(node, session);
  const auto log = log_of(pin, answer.last, origin);
  return record(act, node, offer, *log, *key, std::move(answer));
}

std::optional<chain::CosignedHead> last_cosigned(store::Database& database,
                                                 const std::optional<std::string>& origin) {
  auto rows = database.prepare("SELECT seq FROM entries WHERE event_type = ?1 ORDER BY seq DESC");
  rows.bind(1, chain::witness_cosigned);
  while (rows.step()) {
    const auto seq = static_cast<std::uint64_t>(rows.integer(0));
    const auto stored = registry::entry_behind(database, "entries", seq, chain::witness_cosigned);
    if (!origin || is_of(stored.entry, *origin)) return head_in(stored);
  }
  return std::nullopt;
}

Json to_json(const CosignAnswer& answer) {
  const auto head = [](const chain::CosignedHead& at) {
    return Json{{"tree_size", at.checkpoint.tree_size},
                {"root_hash", at.checkpoint.root.hex()},
                {"cosigned_at", to_text_seconds(at.at)},
                {"note", at.note}};
  };
  const auto& made = answer.made;
  return {
      {"schema", "lexecon.cosigned/1"},
      {"answer", made                ? "cosigned"
                 : answer.is_refused ? "refused"
                                     : "undecided"},
      {"cause", answer.cause ? Json(*answer.cause) : Json()},
      {"origin", answer.checkpoint.origin},
      {"tree_size", answer.checkpoint.tree_size},
      {"root_hash", answer.checkpoint.root.hex()},
      {"offered", answer.offered},
      {"last", answer.last ? head(*answer.last) : Json()},
      {"note", made ? Json(answer.note) : Json()},
      {"cosigned_at", made ? Json(to_text_seconds(made->at)) : Json()},
      {"witness_vkey", made ? Json(crypto::vkey(made->witness, crypto::KeyType::witness)) : Json()},
      {"ledger_entry_id", made ? Json(chain::entry_id(answer.seq)) : Json()}};
}

}  // namespace lexecon::service
