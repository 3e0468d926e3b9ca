#include "compliance/applicability.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "compliance/scope.hpp"

namespace lexecon::compliance {
namespace {

using State = Applicability::State;

/// From when, for a system by its route; of what is asked of every system, from the first of both.
std::optional<Date> date_for(const LawDates& dates, const Profile& profile) {
  if (dates.all) return dates.all;
  if (profile.route == "annex_i") return dates.annex_i;
  if (profile.route == "annex_iii") return dates.annex_iii;
  if (dates.annex_iii && dates.annex_i) return std::min(*dates.annex_iii, *dates.annex_i);
  return dates.annex_iii ? dates.annex_iii : dates.annex_i;
}

const Transition* transition_for(const Demand& demand, const LawDates& dates,
                                 const Profile& profile) {
  const auto found = std::find_if(
      dates.transitions.begin(), dates.transitions.end(),
      [&](const Transition& each) { return each.route.empty() || each.route == profile.route; });
  // What the exception of Art. 6(3) asks for is asked of systems that are not high-risk.
  if (found == dates.transitions.end()) return nullptr;
  return found->from || is_of_high_risk(demand) ? &*found : nullptr;
}

/// What a transition makes of a demand whose ordinary day is `from`.
struct Deferred {
  std::optional<Date> from;  // nothing: not at all
  bool is_unsaid = false;    // it takes a word of the profile that is not there
  std::string reason;        // empty: no transition makes a difference
};

Deferred deferred(const Transition& transition, const Profile& profile, const Date& from) {
  const auto before = to_text(transition.placed_before);
  if (!profile.placed_on) {
    return {from, true, "the profile does not say since when it is on the market or in service"};
  }
  if (*profile.placed_on >= transition.placed_before) return {from, false, {}};
  const std::string placed = "placed on " + to_text(*profile.placed_on) + ", before " + before;
  if (transition.from) {
    return {std::max(from, *transition.from), false, placed};
  }
  if (profile.changed_on && *profile.changed_on >= transition.placed_before) {
    return {std::max(from, *profile.changed_on), false,
            placed + ", and changed in design on " + to_text(*profile.changed_on)};
  }
  const std::string unchanged = placed + ", and not changed significantly in design since";
  if (!transition.public_bodies) return {std::nullopt, false, unchanged};
  if (!profile.public_body) {
    return {std::nullopt, true,
            unchanged + "; the profile does not say whether it is of a public body"};
  }
  if (!*profile.public_body) return {std::nullopt, false, unchanged};
  return {transition.public_bodies, false, unchanged + ", for a public body"};
}

std::string until(const Date& from, const std::string& reason) {
  return "from " + to_text(from) + (reason.empty() ? "" : "; " + reason);
}

/// By the calendar alone: it binds this system.
Applicability dated(const LawDates& dates, const Date& from, const Date& as_of,
                    const std::string& reason) {
  Applicability out{State::applies, from, std::nullopt, reason, dates.basis};
  if (!dates.is_disputed) {
    if (as_of < from) out = {State::not_yet, from, std::nullopt, until(from, reason), dates.basis};
    return out;
  }
  // One date alone is the letter: from when it is by the other reading nobody says.
  out.formal = dates.formal.value_or(from);
  if (as_of < *out.formal) {
    out.state = State::not_yet;
    out.reason = until(*out.formal, "by the letter; " + reason);
  } else if (!dates.formal || as_of < from) {
    out.state = State::disputed;
    out.reason = "by the letter from " + to_text(*out.formal) +
                 (dates.formal ? ", by the reading that defers it from " + to_text(from)
                               : ", and how it is to be read is disputed") +
                 "; " + reason;
  }
  return out;
}

Applicability undated(State state, std::string reason) {
  return {state, std::nullopt, std::nullopt, std::move(reason), {}};
}

Applicability by_transition(const LawDates& dates, const Transition& transition,
                            const Profile& profile, const Date& from, const Date& as_of,
                            const std::string& reason) {
  const auto later = deferred(transition, profile, from);
  const auto because = later.reason + " (" + transition.basis + ")";
  if (later.is_unsaid && as_of >= from) {
    return {State::unknown, from, std::nullopt, because, dates.basis};
  }
  // Before the day nobody knows whether the design will be changed.
  if (later.reason.empty() || later.is_unsaid || (!later.from && as_of < from)) {
    const auto told = later.from ? reason : "then only after a significant change; " + because;
    return dated(dates, from, as_of, told);
  }
  if (!later.from) return undated(State::not_applicable, because);
  if (as_of < *later.from) {
    return {State::not_yet, later.from, std::nullopt, until(*later.from, because), dates.basis};
  }
  return {State::applies, later.from, std::nullopt, because, dates.basis};
}

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case State::applies:
      return "applies";
    case State::not_yet:
      return "not_yet";
    case State::not_applicable:
      return "not_applicable";
    case State::disputed:
      return "disputed";
    case State::unknown:
      return "unknown";
  }
  throw Error(ErrorCode::internal, "an applicability of no kind");
}

Applicability applicability_of(const Demand& demand, const Profile& profile,
                               const Rulebook& rulebook, const Date& as_of) {
  const auto version = rulebook.version_on(as_of);
  const auto& dates = demand.dates.at(version);
  if (!dates.exists()) {
    return undated(State::not_applicable, "not in the law in force on " + to_text(as_of) + ", " +
                                              rulebook.versions.at(version).id);
  }
  const auto role = fits_roles(demand, profile);
  const auto scope = fits_scope(demand, profile);
  for (const auto* fit : {&role, &scope}) {
    if (fit->answer == Answer::no) return undated(State::not_applicable, fit->reason);
  }
  for (const auto* fit : {&role, &scope}) {
    if (fit->answer == Answer::unsaid) return undated(State::unknown, fit->reason);
  }
  const auto reason = role.reason + "; " + scope.reason;
  const auto from = date_for(dates, profile);
  if (!from) {
    return undated(State::not_applicable, "the law names no day for the route " + profile.route);
  }
  const auto* const transition = transition_for(demand, dates, profile);
  if (transition == nullptr) return dated(dates, *from, as_of, reason);
  return by_transition(dates, *transition, profile, *from, as_of, reason);
}

Applicability applicability_of_control(const Rulebook& rulebook, const Statement* exclusion) {
  if (exclusion != nullptr) {
    return undated(State::not_applicable, "left out by operator:" + exclusion->by + " on " +
                                              to_text(date_of(exclusion->at)) + ", " +
                                              chain::entry_id(exclusion->seq));
  }
  return undated(State::applies, "of " + rulebook.name + "; nobody left it out");
}

}  // namespace lexecon::compliance
