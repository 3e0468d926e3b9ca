#include "decision/diff_search.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "decision/diff_verdicts.hpp"

namespace lexecon::decision {
namespace {

using policy::Outcome;

constexpr std::uint64_t max_judged = 400'000;  // then no region is begun any more
constexpr std::uint64_t max_of_region = 20'000;
constexpr std::uint64_t mixtures = 50;  // of a region with more combinations
constexpr int max_descents = 300;       // of one cause
constexpr int max_passes = 5;

/// How many combinations there are, at most `most` + 1.
std::uint64_t combinations(const std::vector<std::size_t>& sizes, std::uint64_t most) {
  std::uint64_t out = 1;
  for (const auto size : sizes) {
    out *= size;
    if (out > most) return most + 1;
  }
  return out;
}

void add_approvals(Facts& facts, const std::string& requirement, std::uint64_t operators) {
  for (std::uint64_t i = 0; i < operators; ++i) {
    facts.approvals.push_back({.operator_id = "operator:any" + std::to_string(i + 1),
                               .requirement = requirement,
                               .seq = facts.approvals.size()});
  }
}

Json request_of(const Region& region) {
  Json out{{"actor", region.actor}, {"action", region.action}};
  if (region.objects.resource) out["resource"] = *region.objects.resource;
  if (!region.objects.data_classes.empty()) out["data_classes"] = region.objects.data_classes;
  return out;
}

/// False where what holds the member is no object.
bool put(Json& request, const std::vector<std::string>& path, const Json& value) {
  auto* at = &request;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    auto& next = (*at)[path[i]];
    if (next.is_null()) next = Json::object();
    if (!next.is_object()) return false;
    at = &next;
  }
  (*at)[path.back()] = value;
  return true;
}

}  // namespace

DiffSearch::DiffSearch(const ActiveSet& was, const ActiveSet& now, Probed& probed)
    : was_(was), now_(now), dials_(was, now, probed) {}

void DiffSearch::search(const Region& region) {
  auto dials = dials_.dials_of(region);
  std::vector<std::size_t> sizes;
  for (const auto& dial : dials) sizes.push_back(dial.member.values.size());
  const auto most = std::min(max_of_region, max_judged - std::min(judged_, max_judged));
  if (combinations(sizes, most) <= most) return turn_all(region, dials);
  if (cut_short_++ == 0) first_cut_ = region.actor + " " + region.action;
  is_cut_short_ = true;
  turn_some(region, dials);
  is_cut_short_ = false;
}

void DiffSearch::turn_all(const Region& region, std::vector<Dial>& dials) {
  while (true) {
    ask(region, dials);
    auto dial = dials.begin();
    while (dial != dials.end() && dial->at + 1 == dial->member.values.size()) (dial++)->at = 0;
    if (dial == dials.end()) return;
    ++dial->at;
  }
}

/// Each value alone, then mixtures that are the same at every run.
void DiffSearch::turn_some(const Region& region, std::vector<Dial>& dials) {
  if (judged_ >= max_judged) return;
  for (auto& dial : dials) {
    for (dial.at = 0; dial.at < dial.member.values.size(); ++dial.at) ask(region, dials);
    dial.at = 0;
  }
  constexpr std::uint64_t multiplier = 6'364'136'223'846'793'005U;  // Knuth's MMIX
  constexpr std::uint64_t increment = 1'442'695'040'888'963'407U;
  std::uint64_t state = increment;
  for (std::uint64_t round = 0; round < mixtures; ++round) {
    for (auto& dial : dials) {
      state = state * multiplier + increment;
      const auto drawn = state >> 33U;
      dial.at = (drawn & 1U) == 0 ? 0 : (drawn >> 1U) % dial.member.values.size();
    }
    ask(region, dials);
  }
}

std::optional<DiffSearch::Asking> DiffSearch::asking_of(const Region& region,
                                                        const std::vector<Dial>& dials,
                                                        bool confirmed) {
  Asking out{request_of(region), {}};
  for (const auto& dial : dials) {
    const auto& value = dial.member.values[dial.at];
    if (!dial.requirement.empty()) {
      add_approvals(out.facts, dial.requirement, value.get<std::uint64_t>());
    } else if (!value.is_discarded() && !put(out.request, dial.member.path, value)) {
      return std::nullopt;
    }
  }
  if (confirmed) add_approvals(out.facts, std::string(policy::human_confirmation), 1);
  return out;
}

std::optional<DiffSearch::Verdicts> DiffSearch::judged(const Region& region,
                                                       const std::vector<Dial>& dials,
                                                       bool confirmed) const {
  const auto asking = asking_of(region, dials, confirmed);
  if (!asking) return std::nullopt;
  try {
    const auto request = parse_request(asking->request);
    return Verdicts{said(judge(request, &was_, asking->facts, region.at)),
                    said(judge(request, &now_, asking->facts, region.at))};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return std::nullopt;
  }
}

void DiffSearch::ask(const Region& region, const std::vector<Dial>& dials) {
  for (const bool confirmed : {false, true}) {
    const auto verdicts = judged(region, dials, confirmed);
    if (!verdicts) return;
    ++judged_;
    const auto& [was, now] = *verdicts;
    if (!was.same_verdict(now)) {
      keep(region, dials, confirmed, *verdicts);
      if (is_cut_short_ && direction(was, now) == 0) descend(region, dials, cause_of(was, now));
    }
    // A confirmation takes away what is escalated, and nothing else.
    if (was.outcome != Outcome::escalated && now.outcome != Outcome::escalated) return;
  }
}

/// Goes from a request whose verdicts differ in reasons alone to one of which the outcomes differ, by taking
/// away what else stands against it, a member at a time.
void DiffSearch::descend(const Region& region, std::vector<Dial> dials, const std::string& cause) {
  if (changes_.contains({cause, -1}) || changes_.contains({cause, 1})) return;
  if (++descents_[cause] > max_descents) return;
  auto least = SIZE_MAX;
  bool is_better = true;
  for (int pass = 0; is_better && pass < max_passes; ++pass) {
    is_better = false;
    for (auto& dial : dials) {
      auto best = dial.at;
      for (dial.at = 0; dial.at < dial.member.values.size(); ++dial.at) {
        const auto verdicts = judged(region, dials, false);
        if (!verdicts) continue;
        ++judged_;
        const auto& [was, now] = *verdicts;
        if (was.same_verdict(now) || cause_of(was, now) != cause) continue;
        if (direction(was, now) != 0) return keep(region, dials, false, *verdicts);
        const auto weight = burden(was) + burden(now);
        if (weight >= least) continue;
        least = weight;
        best = dial.at;
        is_better = true;
      }
      dial.at = best;
    }
  }
}

/// Of each cause one request: the first, without the members that make no difference.
void DiffSearch::keep(const Region& region, std::vector<Dial> dials, bool confirmed,
                      const Verdicts& verdicts) {
  const auto key = [](const Verdicts& pair) {
    return Cause{cause_of(pair.first, pair.second), direction(pair.first, pair.second)};
  };
  const auto cause = key(verdicts);
  if (changes_.contains(cause)) return;
  for (auto& dial : dials) {
    const auto before = std::exchange(dial.at, 0);
    if (before == 0) continue;
    const auto smaller = judged(region, dials, confirmed);
    if (!smaller || key(*smaller) != cause) dial.at = before;
  }
  const auto [was, now] = judged(region, dials, confirmed).value();
  auto asking = asking_of(region, dials, confirmed).value();
  changes_[cause] = {.was = was,
                     .would_be = now,
                     .request = std::move(asking.request),
                     .facts = std::move(asking.facts),
                     .at = region.at};
}

Difference DiffSearch::take() && {
  if (cut_short_ != 0) {
    leave_unproved({"", first_cut_,
                    "of " + std::to_string(cut_short_) +
                        " regions, this the first, not every combination of values is tried"});
  }
  unproved_.insert(dials_.unproved().begin(), dials_.unproved().end());
  Difference out{{}, {unproved_.begin(), unproved_.end()}, judged_};
  // What opens a door stands before what closes one. What changes no outcome is told where it never does.
  for (const int wanted : {-1, 1, 0}) {
    for (auto& [cause, change] : changes_) {
      const auto& [what, where] = cause;
      if (where != wanted) continue;
      if (where == 0 && (changes_.contains({what, -1}) || changes_.contains({what, 1}))) continue;
      out.changes.push_back(change);
    }
  }
  return out;
}

}  // namespace lexecon::decision
