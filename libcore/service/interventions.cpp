#include "service/interventions.hpp"

#include <utility>

#include "service/decisions.hpp"
#include "service/stops.hpp"

namespace lexecon::service {
namespace {

/// Before a person is asked to sign.
void require_on_record(const Node& node, const std::optional<std::string>& decision_id) {
  if (!decision_id) return;
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  static_cast<void>(require_decision(database, *decision_id));
}

}  // namespace

Json intervene(const Node& node, const NewIntervention& wanted,
               const std::optional<Signatory>& signatory, Session& session) {
  auto note = sealed_text("note", wanted.note);
  require_on_record(node, wanted.decision_id);
  const auto id = "int_" + session.ulids.next(session.now, session.entropy);
  auto draft =
      prepare(node,
              {.event_type = "oversight.intervened",
               .data = {{"decision_id", wanted.decision_id ? Json(*wanted.decision_id) : Json()},
                        {"intervention_id", id},
                        {"role", wanted.role},
                        {"type", wanted.type}},
               .sealed = std::move(note)},
              signatory, session);
  Act act(node, session);
  const auto appended = append_approved(act, node, std::move(draft));
  (void)act.commit();
  const auto& entry = appended.entry;
  return {{"schema", "lexecon.intervention/1"},
          {"intervention_id", id},
          {"type", wanted.type},
          {"role", wanted.role},
          {"decision_id", entry.data.at("decision_id")},
          {"actor", entry.actor},
          {"approval", approval_of(entry)},
          {"timestamp", to_text(entry.timestamp)},
          {"seq", entry.seq},
          {"ledger_entry_id", chain::entry_id(entry.seq)},
          {"entry_hash", appended.hash.hex()}};
}

}  // namespace lexecon::service
