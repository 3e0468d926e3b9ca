#include "service/stops.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "oversight/stops.hpp"
#include "registry/operators.hpp"

namespace lexecon::service {
namespace {

void require_reason(const std::string& reason) {
  if (is_code(reason)) return;
  throw Error(ErrorCode::usage,
              "expected a reason code of 1 to 128 of `a-z0-9_.:-`, got `" + reason + "`",
              "--reason");
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

/// Two people who pull the same brake: the second is told that it holds.
void require_new(const authority::Stops& stops, const NewStop& wanted) {
  const auto found =
      std::find_if(stops.all().begin(), stops.all().end(), [&](const authority::Stop& stop) {
        return !stop.resumed_seq && stop.scope == wanted.scope &&
               stop.target == wanted.target.value_or("");
      });
  if (found == stops.all().end()) return;
  throw Error(ErrorCode::bad_input, "this is stopped already, by `" + found->id + "`",
              chain::entry_id(found->seq), "it holds until lexecon oversight resume ends it");
}

const authority::Stop& require_held(const authority::Stops& stops, const std::string& id) {
  const auto* const stop = stops.by_id(id);
  if (stop == nullptr) {
    throw Error(ErrorCode::not_found, "no stop `" + id + "` is on record", {},
                "lexecon status shows those that hold");
  }
  if (stop->resumed_seq) {
    throw Error(ErrorCode::bad_input, "the stop `" + id + "` was ended before",
                chain::entry_id(*stop->resumed_seq));
  }
  return *stop;
}

/// Before a person is asked to sign what cannot be.
void require_held_now(const Node& node, const std::string& id) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  static_cast<void>(require_held(oversight::stops(database), id));
}

Json document_of(const char* schema, const ledger::Appended& appended) {
  const auto& entry = appended.entry;
  return {{"schema", schema},
          {"stop_id", entry.data.at("stop_id")},
          {"reason", entry.data.at("reason")},
          {"actor", entry.actor},
          {"approval", approval_of(entry)},
          {"timestamp", to_text(entry.timestamp)},
          {"seq", entry.seq},
          {"ledger_entry_id", chain::entry_id(entry.seq)},
          {"entry_hash", appended.hash.hex()}};
}

}  // namespace

Json stop_agents(const Node& node, const NewStop& stop, const std::optional<Signatory>& signatory,
                 Session& session) {
  require_reason(stop.reason);
  Wanted wanted{.event_type = "oversight.stopped",
                .data = {{"reason", stop.reason},
                         {"scope", stop.scope},
                         {"stop_id", "stp_" + session.ulids.next(session.now, session.entropy)},
                         {"target", or_null(stop.target)}}};
  if (stop.note) wanted.sealed = sealed_text("note", *stop.note);
  auto draft = prepare(node, std::move(wanted), signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_new(oversight::stops(act.database()), stop);
  const auto appended = act.append(std::move(draft));
  const bool is_resumable = registry::operators(act.database()).any();
  (void)act.commit();
  auto document = document_of("lexecon.stop/1", appended);
  document["scope"] = stop.scope;
  document["target"] = or_null(stop.target);
  document["has_operators"] = is_resumable;
  return document;
}

Json resume_agents(const Node& node, const std::string& stop_id, const std::string& reason,
                   const std::optional<Signatory>& signatory, Session& session) {
  require_reason(reason);
  require_held_now(node, stop_id);
  auto draft = prepare(
      node, {.event_type = "oversight.resumed", .data = {{"reason", reason}, {"stop_id", stop_id}}},
      signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  const auto stop = require_held(oversight::stops(act.database()), stop_id);
  const auto appended = act.append(std::move(draft));
  (void)act.commit();
  auto document = document_of("lexecon.resumption/1", appended);
  document["scope"] = stop.scope;
  document["target"] = stop.target.empty() ? Json() : Json(stop.target);
  document["held_seconds"] = (appended.entry.timestamp.micros - stop.at.micros) / 1'000'000;
  return document;
}

}  // namespace lexecon::service
