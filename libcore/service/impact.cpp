#include "service/impact.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "decision/judge.hpp"
#include "decision/limits.hpp"
#include "decision/prohibited.hpp"
#include "decision/registry_guard.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "ledger/records.hpp"
#include "ledger/redecide.hpp"
#include "policy/ruling.hpp"

namespace lexecon::service {
namespace {

using decision::ActiveSet;
using policy::Outcome;
using policy::ReasonCode;

/// What a request came to, or would.
struct Answer {
  std::string outcome;
  std::string reason;
  std::vector<std::string> matched;
};

Answer recorded(const Json& data) {
  return {.outcome = data.at("outcome").get<std::string>(),
          .reason = data.at("reason_code").get<std::string>(),
          .matched = data.at("policy").at("matched").get<std::vector<std::string>>()};
}

bool is_of_limits(ReasonCode code) {
  return code == ReasonCode::rate_limited || code == ReasonCode::budget_exceeded;
}

/// The facts of a decision as the other set would have been given them.
decision::Facts facts_under(const ActiveSet& other, decision::Facts facts, bool has_same_limits) {
  const auto guard = std::exchange(facts.guard, std::nullopt);
  if (guard == ReasonCode::emergency_stop) {
    facts.guard = guard;
  } else {
    facts.guard = decision::registry_guard(other.node.registry, facts);
  }
  if (!has_same_limits) {
    facts.limits.clear();
  } else if (guard && is_of_limits(*guard)) {
    decision::hold(facts, *guard);
  }
  return facts;
}

Answer answer_of(const ActiveSet& other, const Json& data, const decision::Request& request,
                 bool has_same_limits) {
  if (other.node.tenant_required && !request.tenant) return {"refused", "tenant_required", {}};
  auto facts = facts_under(other, decision::parse_facts(data.at("facts")), has_same_limits);
  if (decision::screen(request, other.node.on_prohibited).is_denied) {
    decision::hold(facts, ReasonCode::prohibited_content);
  }
  const auto at = entry_time(data.at("at").get_ref<const std::string&>()).value();
  const auto verdict = decision::judge(request, &other, facts, at);
  return {.outcome = std::string(policy::to_string(verdict.outcome)),
          .reason = std::string(policy::to_string(verdict.reason)),
          .matched = verdict.matched};
}

/// The relations that decide now and did not; where there is none, those that do no more.
std::vector<std::string> new_ones(const std::vector<std::string>& was,
                                  const std::vector<std::string>& now) {
  const auto without = [](const std::vector<std::string>& all,
                          const std::vector<std::string>& some) {
    std::vector<std::string> out;
    std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const std::string& each) {
      return std::find(some.begin(), some.end(), each) == some.end();
    });
    return out;
  };
  auto added = without(now, was);
  return added.empty() ? without(was, now) : added;
}

/// Flips that have something in common.
struct Group {
  std::uint64_t count = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  void add(std::uint64_t seq) {
    if (count++ == 0) first = seq;
    last = seq;
  }
};

template <class Key>
using Groups = std::map<Key, Group>;

Json with_counts(Json what, const Group& group) {
  what["count"] = group.count;
  what["first_entry_id"] = chain::entry_id(group.first);
  what["last_entry_id"] = chain::entry_id(group.last);
  return what;
}

Json listed(const Groups<std::string>& groups, const char* name) {
  auto list = Json::array();
  for (const auto& [key, group] : groups) list.push_back(with_counts({{name, key}}, group));
  return list;
}

class Impact {
 public:
  Impact(store::Database& database, const ActiveSet& other, const ImpactWish& wish)
      : records_(database), sets_(records_), database_(&database), other_(&other), wish_(&wish) {}

  void take(const ledger::StoredEntry& stored) {
    ++decisions_;
    const auto& data = stored.entry.data;
    const auto sealed = ledger::read_sealed(*database_, stored.entry);
    if (!sealed) return void(++erased_);
    const auto again = ledger::redecide(stored.entry, *sealed, sets_);
    if (again.result == ledger::Redecision::Result::engine_unknown) return void(++engine_unknown_);
    if (again.result == ledger::Redecision::Result::differs) {
      throw Error(ErrorCode::integrity, again.fault, chain::entry_id(stored.entry.seq),
                  "run lexecon ledger verify --deep");
    }
    const auto request = decision::parse_request(chain::unseal(*sealed));
    if (data.at("facts").at("guard") == policy::to_string(ReasonCode::prohibited_content) &&
        other_->node.on_prohibited != decision::OnProhibited::deny) {
      return void(++redacted_);  // what it held is not on record
    }
    ++judged_;
    compare(stored.entry, request);
  }

  [[nodiscard]] Json document() const {
    auto outcomes = Json::array();
    for (const auto& [pair, group] : flips_) {
      outcomes.push_back(with_counts({{"from", pair.first}, {"to", pair.second}}, group));
    }
    return {{"schema", "lexecon.impact/1"},
            {"policy_hash", other_->policy_hash.hex()},
            {"from", wish_->period.from ? Json(to_text(*wish_->period.from)) : Json()},
            {"to", wish_->period.to ? Json(to_text(*wish_->period.to)) : Json()},
            {"decisions", decisions_},
            {"judged", judged_},
            {"not_reproducible",
             {{"erased", erased_}, {"engine_unknown", engine_unknown_}, {"redacted", redacted_}}},
            {"other_limits", other_limits_},
            {"flipped", flipped_},
            {"other_reason", other_reason_},
            {"same", judged_ - flipped_ - other_reason_},
            {"outcomes", std::move(outcomes)},
            {"by_actor", listed(by_actor_, "actor")},
            {"by_action", listed(by_action_, "action")},
            {"by_relation", listed(by_relation_, "relation")},
            {"examples", examples_}};
  }

 private:
  /// Whether the set that judged has the limits of the other one.
  bool has_same_limits(const Json& policy_hash) {
    if (policy_hash.is_null()) return other_->node.limits.empty();
    const auto* const compiled = sets_.find(policy_hash.get_ref<const std::string&>());
    return compiled != nullptr && compiled->set &&
           compiled->set->node.limits == other_->node.limits;
  }

  void compare(const chain::Entry& entry, const decision::Request& request) {
    const auto& data = entry.data;
    const bool same_limits = has_same_limits(data.at("policy").at("hash"));
    if (!same_limits) ++other_limits_;
    const auto was = recorded(data);
    const auto now = answer_of(*other_, data, request, same_limits);
    if (was.outcome == now.outcome) return void(was.reason == now.reason ? 0 : ++other_reason_);
    ++flipped_;
    flips_[{was.outcome, now.outcome}].add(entry.seq);
    by_actor_[data.at("actor").get<std::string>()].add(entry.seq);
    by_action_[data.at("action").get<std::string>()].add(entry.seq);
    for (const auto& relation : new_ones(was.matched, now.matched))
      by_relation_[relation].add(entry.seq);
    if (examples_.size() < wish_->most_listed) examples_.push_back(example(entry, was, now));
  }

  static Json example(const chain::Entry& entry, const Answer& was, const Answer& now) {
    const auto told = [](const Answer& answer) {
      return Json{
          {"outcome", answer.outcome}, {"reason_code", answer.reason}, {"matched", answer.matched}};
    };
    const auto& data = entry.data;
    return {{"decision_id", data.at("decision_id")},
            {"ledger_entry_id", chain::entry_id(entry.seq)},
            {"timestamp", to_text(entry.timestamp)},
            {"actor", data.at("actor")},
            {"action", data.at("action")},
            {"resource", data.at("resource")},
            {"was", told(was)},
            {"would_be", told(now)}};
  }

  ledger::TableRecords records_;
  ledger::SetsOnRecord sets_;
  store::Database* database_;
  const ActiveSet* other_;
  const ImpactWish* wish_;
  std::uint64_t decisions_ = 0;
  std::uint64_t judged_ = 0;
  std::uint64_t erased_ = 0;
  std::uint64_t engine_unknown_ = 0;
  std::uint64_t redacted_ = 0;
  std::uint64_t other_limits_ = 0;
  std::uint64_t flipped_ = 0;
  std::uint64_t other_reason_ = 0;
  Groups<std::pair<std::string, std::string>> flips_;
  Groups<std::string> by_actor_;
  Groups<std::string> by_action_;
  Groups<std::string> by_relation_;
  Json examples_ = Json::array();
};

ledger::EntryFilter filter_of(const ImpactWish& wish) {
  ledger::EntryFilter filter;
  filter.event_type = "decision";
  filter.from = wish.period.from;
  filter.to = wish.period.to;
  filter.actor = wish.actor;
  return filter;
}

}  // namespace

Json policy_impact(const Node& node, const ActiveSet& other, const ImpactWish& wish,
                   const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  constexpr std::uint64_t told_every = 1'000;
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  Impact impact(database, other, wish);
  std::uint64_t seen = 0;
  ledger::each_entry(database, filter_of(wish), [&](const ledger::StoredEntry& stored) {
    impact.take(stored);
    if (progress && ++seen % told_every == 0) progress(seen, 0);
  });
  return impact.document();
}

}  // namespace lexecon::service
