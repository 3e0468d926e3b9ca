#include "service/statements.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/compliance_shapes.hpp"
#include "chain/event.hpp"
#include "compliance/rulebook.hpp"
#include "ledger/reader.hpp"
#include "oversight/evidence.hpp"
#include "registry/evidence.hpp"
#include "registry/operators.hpp"
#include "service/profiles.hpp"

namespace lexecon::service {
namespace {

using compliance::Statement;
using compliance::StatementSort;

std::string event_type_of(StatementSort sort) {
  return "compliance." + std::string(to_string(sort));
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}
Json or_null(const std::optional<Date>& date) { return date ? Json(to_text(*date)) : Json(); }

Json data_of(const Statement& said) {
  Json out{{"item", said.item},
           {"rulebook", said.rulebook},
           {"rulebook_sha256", said.rulebook_sha256},
           {"system", or_null(said.system)}};
  switch (said.sort) {
    case StatementSort::declared:
      out.update({{"evidence_id", or_null(said.evidence_id)},
                  {"expires_on", or_null(said.expires_on)},
                  {"kind", or_null(said.kind)}});
      break;
    case StatementSort::assessed:
      out.update({{"expires_on", or_null(said.expires_on)},
                  {"from", or_null(said.from)},
                  {"satisfied", or_null(said.satisfied)},
                  {"to", or_null(said.to)}});
      break;
    case StatementSort::remediated:
      out.update({{"due", or_null(said.due)},
                  {"owner", or_null(said.owner)},
                  {"state", or_null(said.state)}});
      break;
  }
  return out;
}

[[noreturn]] void refuse_unknown(const std::string& what, const std::string& id,
                                 const std::vector<std::string>& known, const std::string& hint) {
  const auto nearest = did_you_mean(id, known);
  throw Error(ErrorCode::not_found, what + " `" + id + "`", id,
              nearest ? "did you mean `" + *nearest + "`?" : hint);
}

/// The digest of the rulebook that has the item, which asks for the kind.
std::string require_item(const Statement& said) {
  const auto& rulebook = compliance::rulebook(said.rulebook);
  const auto* const demand = rulebook.find(said.item);
  if (demand == nullptr) {
    std::vector<std::string> items;
    for (const auto& each : rulebook.demands) items.push_back(each.id);
    refuse_unknown("the rulebook `" + said.rulebook + "` has no item", said.item, items,
                   "lexecon compliance obligations lists the items");
  }
  const bool leaves_out = said.sort == StatementSort::assessed && !said.satisfied;
  if (leaves_out && !rulebook.versions.empty()) {
    throw Error(ErrorCode::bad_input,
                "expected a control of a framework to leave out, seen `" + said.rulebook +
                    "`, which is law",
                "--conclusion", "whether it binds a system follows from the profile");
  }
  const auto& kinds = demand->kinds;
  if (said.kind && std::find(kinds.begin(), kinds.end(), *said.kind) == kinds.end()) {
    refuse_unknown("`" + said.item + "` asks for no evidence of the kind", *said.kind, kinds,
                   kinds.empty() ? "without --kind it stands for the whole item"
                                 : "it asks for " + join(kinds, ", "));
  }
  return rulebook.digest.hex();
}

void require_operator(store::Database& database, const std::optional<std::string>& owner) {
  constexpr std::string_view prefix = "operator:";
  if (!owner || !owner->starts_with(prefix)) return;
  const auto name = owner->substr(prefix.size());
  if (registry::operators(database).find(name) != nullptr) return;
  throw Error(ErrorCode::not_found, "no operator `" + name + "` is in force", "--owner",
              "lexecon operator list shows them");
}

/// What the statement names is on record.
void require_on_record(store::Database& database, const Statement& said) {
  const auto all = profiles(database);
  if (said.system && profile_of(all, *said.system) == nullptr) {
    throw Error(ErrorCode::not_found, "the system `" + *said.system + "` has no profile",
                *said.system, "lexecon compliance profile set says what it is");
  }
  if (said.evidence_id && !oversight::find_evidence(database, *said.evidence_id)) {
    throw Error(ErrorCode::not_found, "no evidence `" + *said.evidence_id + "` is on record",
                *said.evidence_id, "lexecon evidence list shows what is on record");
  }
  require_operator(database, said.owner);
}

/// Nobody has seen days that are still to come.
void require_begun(const Statement& said, Timestamp now) {
  if (!said.satisfied || !said.from || *said.from <= date_of(now)) return;
  throw Error(ErrorCode::bad_input, "expected a period that has begun, seen " + to_text(*said.from),
              "--from", "a conclusion is about what was");
}

/// Before a person is asked to sign what cannot be.
void require_sound(const Node& node, const Statement& said, const Json& data, Timestamp now) {
  require_begun(said, now);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  require_on_record(database, said);
  chain::Entry entry;
  entry.event_type = event_type_of(said.sort);
  entry.data = data;
  entry.seq = ledger::size(database);
  entry.timestamp = now;
  static_cast<void>(chain::check_entry(entry));
}

/// The document of an entry, with who made it and where it stands.
Json with_entry(Json document, const ledger::Appended& appended) {
  const auto& entry = appended.entry;
  document.update({{"actor", entry.actor},
                   {"approval", approval_of(entry)},
                   {"timestamp", to_text(entry.timestamp)},
                   {"seq", entry.seq},
                   {"ledger_entry_id", chain::entry_id(entry.seq)},
                   {"entry_hash", appended.hash.hex()}});
  return document;
}

Json document_of(const ledger::Appended& appended, const std::string& text) {
  const auto said = compliance::statement_in(appended.entry);
  Json document{{"schema", "lexecon.statement/1"},
                {"statement", to_string(said.sort)},
                {"rulebook", said.rulebook},
                {"rulebook_sha256", said.rulebook_sha256},
                {"item", said.item},
                {"system", or_null(said.system)},
                {"kind", or_null(said.kind)},
                {"evidence_id", or_null(said.evidence_id)},
                {"satisfied", or_null(said.satisfied)},
                {"from", or_null(said.from)},
                {"to", or_null(said.to)},
                {"expires_on", or_null(said.expires_on)},
                {"owner", or_null(said.owner)},
                {"due", or_null(said.due)},
                {"state", or_null(said.state)},
                {"text", text}};
  return with_entry(std::move(document), appended);
}

void require_statement(store::Database& database, std::uint64_t seq) {
  const auto all = statements(database);
  if (all.find(seq) == nullptr) {
    throw Error(ErrorCode::not_found, chain::entry_id(seq) + " states nothing",
                chain::entry_id(seq),
                "lexecon ledger log --type compliance.declared lists declarations");
  }
  if (const auto by = all.withdrawn_by(seq)) {
    throw Error(ErrorCode::bad_input, chain::entry_id(seq) + " was withdrawn before",
                chain::entry_id(*by));
  }
}

void require_statement_now(const Node& node, std::uint64_t seq) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  require_statement(database, seq);
}

}  // namespace

Json state(const Node& node, Statement said, const std::string& text,
           const std::optional<Signatory>& signatory, Session& session) {
  said.rulebook_sha256 = require_item(said);
  auto sealed = sealed_text("statement", text);
  auto data = data_of(said);
  require_sound(node, said, data, session.now);
  auto draft = prepare(node,
                       {.event_type = event_type_of(said.sort),
                        .data = std::move(data),
                        .sealed = std::move(sealed)},
                       signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_on_record(act.database(), said);
  const auto appended = act.append(std::move(draft));
  (void)act.commit();
  return document_of(appended, text);
}

Json withdraw_statement(const Node& node, std::uint64_t seq, const std::string& reason,
                        const std::optional<Signatory>& signatory, Session& session) {
  require_statement_now(node, seq);
  auto draft = prepare(
      node,
      {.event_type = "compliance.withdrawn", .data = {{"reason", reason}, {"statement", seq}}},
      signatory, session);
  Act act(node, session);
  const auto appended = append_approved(act, node, std::move(draft));
  (void)act.commit();
  return with_entry({{"schema", "lexecon.withdrawal/1"},
                     {"statement_entry_id", chain::entry_id(seq)},
                     {"reason", reason}},
                    appended);
}

compliance::Statements statements(store::Database& database, std::uint64_t size) {
  compliance::Statements out;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type IN ('compliance.assessed', 'compliance.declared', "
      "'compliance.remediated', 'compliance.withdrawn') ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    if (seq >= size) break;
    const auto stored = ledger::read_entry(database, seq);
    // What nobody signed states nothing: the verifier says what is wrong with it.
    if (stored && !stored->entry.data.contains("approval")) continue;
    if (!stored || out.take(stored->entry)) registry::refuse_table("entries", seq);
  }
  return out;
}

}  // namespace lexecon::service
