#include "service/holds.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "chain/sealed.hpp"
#include "registry/evidence.hpp"

namespace lexecon::service {
namespace {

void require_hold_id(const std::string& id) {
  if (is_free_identifier(id)) return;
  throw Error(ErrorCode::usage,
              "expected an id of 1 to 128 of `A-Za-z0-9._:@/+-`, got `" + id + "`", "--id",
              "it stays on record for ever: a number of a case, no name of a person");
}

std::vector<std::uint64_t> require_content(store::Database& database, const NewHold& hold) {
  auto seqs = retention::select(database, hold.content);
  if (seqs.empty()) {
    throw Error(ErrorCode::bad_input, "there is no sealed content that this names", hold.id);
  }
  if (seqs_bytes(seqs) > max_seqs_bytes) {
    throw Error(ErrorCode::bad_input,
                "the contents of " + std::to_string(seqs.size()) +
                    " entries are more than one entry can name",
                hold.id, "place several holds, each for a part: --from and --to divide them");
  }
  return seqs;
}

/// Throws unless the act may follow the custody on record.
void require_custody(store::Database& database, const ledger::Draft& draft, std::uint64_t seq,
                     Timestamp at) {
  const auto fault = retention::custody(database).take(entry_of(draft, {}, seq, at), Hash{},
                                                       retention::ground(database));
  if (fault) throw Error(ErrorCode::bad_input, *fault, draft.event_type);
}

/// Before a person is asked to sign what cannot be.
Json data_of(const Node& node, const NewHold& hold, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  Json data{{"hold_id", hold.id}, {"seqs", require_content(database, hold)}};
  ledger::Draft draft{
      .event_type = "hold.placed", .actor = node_actor(node), .data = data, .sealed = std::nullopt};
  require_custody(database, draft, ledger::size(database), now);
  return data;
}

const authority::Hold& require_in_force(const authority::Custody& custody, const std::string& id) {
  const auto* const hold = custody.find(id);
  if (hold == nullptr) {
    throw Error(ErrorCode::not_found, "no hold `" + id + "` is on record", id,
                "lexecon hold list shows them");
  }
  if (hold->released_seq) {
    throw Error(ErrorCode::bad_input, "the hold `" + id + "` was released before",
                chain::entry_id(*hold->released_seq));
  }
  return *hold;
}

void require_in_force_now(const Node& node, const std::string& id) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  static_cast<void>(require_in_force(retention::custody(database), id));
}

/// What somebody wrote beside an entry; null where nobody did, and once it was erased.
Json reason_of(store::Database& database, const chain::Entry& entry) {
  const auto sealed = ledger::read_sealed(database, entry);
  if (!sealed) return {};
  const auto value = chain::unseal(*sealed);
  const auto found = value.is_object() ? value.find("reason") : value.end();
  if (found == value.end() || !found->is_string()) {
    throw Error(ErrorCode::integrity, "the sealed content is no reason", chain::entry_id(entry.seq),
                "run lexecon ledger verify");
  }
  return *found;
}

Json released_of(store::Database& database, const authority::Hold& hold) {
  if (!hold.released_seq) return {};
  const auto stored =
      registry::entry_behind(database, "holds", *hold.released_seq, "hold.released");
  return {{"actor", stored.entry.actor},
          {"approval", approval_of(stored.entry)},
          {"has_reason", stored.entry.sealed_hash.has_value()},
          {"reason", reason_of(database, stored.entry)},
          {"timestamp", to_text(stored.entry.timestamp)},
          {"seq", stored.entry.seq},
          {"ledger_entry_id", chain::entry_id(stored.entry.seq)},
          {"entry_hash", stored.hash.hex()}};
}

Json document_of(store::Database& database, const authority::Hold& hold) {
  const auto stored = registry::entry_behind(database, "holds", hold.seq, "hold.placed");
  const auto reason = reason_of(database, stored.entry);
  return {{"schema", "lexecon.hold/1"},
          {"hold_id", hold.id},
          {"state", hold.released_seq ? "released" : "in_force"},
          {"seqs", hold.seqs},
          {"reason", reason},
          {"erased", stored.entry.sealed_hash.has_value() && reason.is_null()},
          {"actor", stored.entry.actor},
          {"approval", approval_of(stored.entry)},
          {"released", released_of(database, hold)},
          {"timestamp", to_text(stored.entry.timestamp)},
          {"seq", hold.seq},
          {"ledger_entry_id", chain::entry_id(hold.seq)},
          {"entry_hash", stored.hash.hex()}};
}

/// The draft is recorded when it may be; the hold as it stands then.
Json record(const Node& node, ledger::Draft draft, const std::string& id, Session& session) {
  Act act(node, session);
  require_approved(act, node, draft);
  require_custody(act.database(), draft, act.size(), act.at());
  act.append(std::move(draft));
  auto document = document_of(act.database(), *retention::custody(act.database()).find(id));
  (void)act.commit();
  return document;
}

}  // namespace

std::size_t seqs_bytes(const std::vector<std::uint64_t>& seqs) {
  std::size_t bytes = 1;
  for (const auto seq : seqs) bytes += std::to_string(seq).size() + 1;
  return bytes;
}

Json place_hold(const Node& node, const NewHold& hold, const std::optional<Signatory>& signatory,
                Session& session) {
  require_hold_id(hold.id);
  auto sealed = sealed_text("reason", hold.reason);
  auto draft = prepare(node,
                       {.event_type = "hold.placed",
                        .data = data_of(node, hold, session.now),
                        .sealed = std::move(sealed)},
                       signatory, session);
  return record(node, std::move(draft), hold.id, session);
}

Json release_hold(const Node& node, const std::string& id, const std::optional<std::string>& reason,
                  const std::optional<Signatory>& signatory, Session& session) {
  Wanted wanted{.event_type = "hold.released", .data = {{"hold_id", id}}};
  if (reason) wanted.sealed = sealed_text("reason", *reason);
  require_in_force_now(node, id);
  auto draft = prepare(node, std::move(wanted), signatory, session);
  return record(node, std::move(draft), id, session);
}

std::vector<Json> list_holds(const Node& node, const HoldFilter& filter) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto custody = retention::custody(database);
  auto holds = custody.holds();
  if (filter.reverse) std::reverse(holds.begin(), holds.end());
  std::vector<Json> out;
  for (const auto& hold : holds) {
    if (filter.limit && out.size() >= *filter.limit) break;
    if (filter.in_force && hold.released_seq) continue;
    if ((filter.from && hold.at < *filter.from) || (filter.to && hold.at >= *filter.to)) continue;
    out.push_back(document_of(database, hold));
  }
  return out;
}

}  // namespace lexecon::service
