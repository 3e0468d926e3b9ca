#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "json/json.hpp"
#include "oversight/overrides.hpp"
#include "registry/evidence.hpp"
#include "service/decisions.hpp"
#include "service/overrides.hpp"
#include "service/tenants.hpp"

namespace lexecon::service {
namespace {

using authority::OverrideScope;

/// An entry after which an override is no longer what it was.
struct End {
  OverrideState state = OverrideState::in_force;
  std::uint64_t seq = 0;
  Timestamp at;
};

/// The decisions whose facts, or those of a token, list an override: by its id.
using Touched = std::map<std::string, std::vector<std::string>, std::less<>>;

Touched touched(store::Database& database, std::uint64_t first_seq) {
  Touched out;
  for (const auto* type : {"decision", "token.issued"}) {
    registry::each_after(database, type, first_seq, R"("override_id")",
                         [&](const chain::Entry& entry) {
                           auto decision_id = entry.data.at("decision_id").get<std::string>();
                           for (const auto& each : entry.data.at("facts").at("exceptions")) {
                             auto& list = out[each.at("override_id").get<std::string>()];
                             if (std::find(list.begin(), list.end(), decision_id) == list.end()) {
                               list.push_back(decision_id);
                             }
                           }
                         });
  }
  for (auto& [id, list] : out) std::sort(list.begin(), list.end());
  return out;
}

bool names_approval(const chain::Entry& issued, std::uint64_t seq) {
  const auto& approvals = issued.data.at("facts").at("approvals");
  return std::any_of(approvals.begin(), approvals.end(),
                     [seq](const Json& each) { return each.at("seq") == seq; });
}

/// What ended an override of one decision that approves, apart from time.
std::optional<End> end_of_approval(store::Database& database, const authority::Override& made) {
  std::optional<End> first;
  const auto note = [&](OverrideState state, const chain::Entry& entry) {
    if (entry.data.at("decision_id") != made.decision_id) return;
    if (!first || entry.seq < first->seq) first = {state, entry.seq, entry.timestamp};
  };
  const auto each = [&](const char* type, const auto& visit) {
    registry::each_after(database, type, made.seq, made.decision_id, visit);
  };
  each("token.issued", [&](const chain::Entry& entry) {
    if (names_approval(entry, made.seq)) note(OverrideState::used, entry);
  });
  each("escalation.resolved", [&](const chain::Entry& entry) {
    if (entry.data.at("outcome") == "denied") note(OverrideState::revoked, entry);
  });
  return first;
}

/// The later override that says the opposite.
std::optional<End> end_by_override(const authority::Overrides& all,
                                   const authority::Override& made) {
  for (const auto& later : all.all()) {
    const bool is_opposite = later.seq > made.seq && later.decision_id == made.decision_id &&
                             later.approves != made.approves &&
                             later.scope != OverrideScope::permanent_policy_change;
    if (is_opposite) return End{OverrideState::revoked, later.seq, later.at};
  }
  return std::nullopt;
}

End end_of(store::Database& database, const authority::Overrides& all,
           const authority::Override& made, Timestamp now) {
  if (made.enacted_seq) return {OverrideState::enacted, *made.enacted_seq, {}};
  auto end = end_by_override(all, made);
  if (made.approves && made.scope == OverrideScope::single_decision) {
    const auto other = end_of_approval(database, made);
    if (other && (!end || other->seq < end->seq)) end = other;
  }
  const auto& expires_at = made.exception.expires_at;
  const auto until = end ? std::min(end->at, now) : now;
  if (expires_at && *expires_at <= until) return {OverrideState::expired, 0, *expires_at};
  if (end) return *end;
  const bool is_permanent = made.scope == OverrideScope::permanent_policy_change;
  return {is_permanent ? OverrideState::waiting : OverrideState::in_force, 0, now};
}

std::optional<std::string> justification_of(store::Database& database, const chain::Entry& entry) {
  const auto sealed = ledger::read_sealed(database, entry);
  if (!sealed) return std::nullopt;
  const auto value = chain::unseal(*sealed);
  const auto found = value.is_object() ? value.find("justification") : value.end();
  if (found == value.end() || !found->is_string()) {
    throw Error(ErrorCode::integrity, "the sealed content is no justification",
                chain::entry_id(entry.seq), "run lexecon ledger verify");
  }
  return found->get<std::string>();
}

/// What is asked of many overrides is read once.
struct Reading {
  Reading(store::Database& source, Timestamp time)
      : database(source),
        all(oversight::overrides(source)),
        by_override(all.all().empty() ? Touched() : touched(source, all.all().front().seq)),
        now(std::max(time, last_entry_time(source))) {}

  [[nodiscard]] Override of(const authority::Override& made) {
    auto stored = registry::entry_behind(database, "overrides", made.seq, "override.created");
    const auto decision = read_decision(database, require_decision(database, made.decision_id));
    const auto end = end_of(database, all, made, now);
    const auto list = by_override.find(made.id());
    Override out{
        .entry = std::move(stored.entry),
        .entry_hash = stored.hash,
        .made = made,
        .original_outcome = decision.data.at("outcome"),
        .original_reason = decision.data.at("reason_code"),
        .justification = std::nullopt,
        .state = end.state,
        .ended_seq = end.seq == 0 ? std::nullopt : std::optional(end.seq),
        .decisions = list == by_override.end() ? std::vector<std::string>() : list->second};
    out.justification = justification_of(database, out.entry);
    return out;
  }

  store::Database& database;
  authority::Overrides all;
  Touched by_override;
  Timestamp now;
};

bool passes(const Override& found, const OverrideFilter& filter) {
  const auto& made = found.made;
  return (!filter.type || made.type == *filter.type) &&
         (!filter.scope || made.scope == *filter.scope) &&
         (!filter.decision_id || made.decision_id == *filter.decision_id) &&
         (!filter.actor || found.entry.actor == *filter.actor) &&
         (!filter.from || made.at >= *filter.from) && (!filter.to || made.at < *filter.to) &&
         (!filter.in_force || found.state == OverrideState::in_force);
}

}  // namespace

std::string_view to_string(OverrideState state) {
  switch (state) {
    case OverrideState::in_force:
      return "in_force";
    case OverrideState::expired:
      return "expired";
    case OverrideState::used:
      return "used";
    case OverrideState::revoked:
      return "revoked";
    case OverrideState::waiting:
      return "waiting";
    case OverrideState::enacted:
      return "enacted";
  }
  throw Error(ErrorCode::internal, "an override in no state");
}

std::vector<Override> list_overrides(const Node& node, const OverrideFilter& filter,
                                     Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  Reading reading(database, now);
  auto made = reading.all.all();
  if (filter.reverse) std::reverse(made.begin(), made.end());
  std::vector<Override> out;
  for (const auto& each : made) {
    if (filter.limit && out.size() >= *filter.limit) break;
    if (filter.tenant && !is_of_tenant(database, each.decision_id, *filter.tenant)) continue;
    auto found = reading.of(each);
    if (passes(found, filter)) out.push_back(std::move(found));
  }
  return out;
}

Override show_override(const Node& node, const std::string& id, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  Reading reading(database, now);
  const auto* const made = reading.all.find(id);
  if (made == nullptr) unknown_id(id);
  return reading.of(*made);
}

Json to_json(const Override& found) {
  const auto& [id, relations, expires_at] = found.made.exception;
  return {{"schema", "lexecon.override/1"},
          {"override_id", id},
          {"decision_id", found.made.decision_id},
          {"type", found.made.type},
          {"scope", authority::to_string(found.made.scope)},
          {"original_outcome", found.original_outcome},
          {"original_reason_code", found.original_reason},
          {"new_outcome", found.made.approves ? "approved" : "denied"},
          {"relations", relations},
          {"expires_at", expires_at ? Json(to_text(*expires_at)) : Json()},
          {"state", to_string(found.state)},
          {"ended_by", found.ended_seq ? Json(chain::entry_id(*found.ended_seq)) : Json()},
          {"justification", found.justification ? Json(*found.justification) : Json()},
          {"erased", !found.justification},
          {"approval", approval_of(found.entry)},
          {"decisions", found.decisions},
          {"timestamp", to_text(found.made.at)},
          {"seq", found.made.seq},
          {"ledger_entry_id", chain::entry_id(found.made.seq)},
          {"entry_hash", found.entry_hash.hex()}};
}

Json to_json(const NewlyMade& made) {
  auto document = to_json(made.made);
  document["revoked_tokens"] = made.revoked;
  return document;
}

}  // namespace lexecon::service
