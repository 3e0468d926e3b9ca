#include "compliance/rulebook_json.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::compliance {
namespace {

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }
Json or_null(const std::optional<Date>& date) { return date ? Json(to_text(*date)) : Json(); }

Json to_json(const Transition& transition) {
  return {{"of", transition.of},
          {"route", or_null(transition.route)},
          {"placed_before", to_text(transition.placed_before)},
          {"from", or_null(transition.from)},
          {"public_bodies", or_null(transition.public_bodies)},
          {"basis", transition.basis}};
}

Json to_json(const LawDates& dates) {
  auto transitions = Json::array();
  for (const auto& each : dates.transitions) transitions.push_back(to_json(each));
  return {{"all", or_null(dates.all)},
          {"annex_iii", or_null(dates.annex_iii)},
          {"annex_i", or_null(dates.annex_i)},
          {"formal", or_null(dates.formal)},
          {"disputed", dates.is_disputed},
          {"basis", dates.basis},
          {"transitions", std::move(transitions)}};
}

Json to_json(const LawVersion& version) {
  return {{"id", version.id},
          {"from", to_text(version.from)},
          {"name", version.name},
          {"consolidated_celex", version.consolidated_celex}};
}

/// What its breach may cost, in words.
Json penalty_of(const Rulebook& book, const Demand& demand) {
  if (!demand.penalty_tier) return nullptr;
  const auto id = demand.penalty_tier->substr(0, demand.penalty_tier->find(' '));
  const auto found = std::find_if(book.penalties.begin(), book.penalties.end(),
                                  [&](const Penalty& penalty) { return penalty.id == id; });
  return found == book.penalties.end() ? Json() : Json(found->text);
}

}  // namespace

Json to_json(const Rulebook& book) {
  auto law = Json::array();
  for (const auto& version : book.versions) law.push_back(to_json(version));
  const auto mapped = std::count_if(book.demands.begin(), book.demands.end(),
                                    [](const auto& each) { return each.reach != Reach::external; });
  return {{"schema", "lexecon.rulebook_summary/1"},
          {"id", book.id},
          {"name", book.name},
          {"edition", book.edition},
          {"version", book.version},
          {"checked_on", book.checked_on},
          {"demands", book.demands.size()},
          {"mapped", mapped},
          {"denominator", or_null(book.denominator)},
          {"law", std::move(law)},
          {"licence", book.licence},
          {"sources", book.sources},
          {"sha256", book.digest.hex()}};
}

Json to_json(const Rulebook& book, const Demand& demand, std::size_t version) {
  const bool is_law = !book.versions.empty();
  return {{"schema", "lexecon.obligation/1"},
          {"rulebook", book.id},
          {"law", is_law ? Json(book.versions[version].id) : Json()},
          {"id", demand.id},
          {"reference", demand.reference},
          {"title", demand.title},
          {"duty", is_law ? Json(duty_in(book, demand, version)) : Json()},
          {"roles", demand.roles},
          {"scope", or_null(demand.scope)},
          {"reach", to_string(demand.reach)},
          {"strength", or_null(demand.strength)},
          {"kinds", demand.kinds},
          {"dates", is_law ? to_json(demand.dates[version]) : Json()},
          {"retention", or_null(demand.retention)},
          {"deadline", or_null(demand.deadline)},
          {"penalty_tier", or_null(demand.penalty_tier)},
          {"penalty", penalty_of(book, demand)},
          {"amended", or_null(demand.amended)},
          {"oscal_control", or_null(demand.oscal_control)},
          {"condition", or_null(demand.condition)},
          {"source", or_null(demand.source)},
          {"fields", demand.fields},
          {"note", or_null(demand.note)}};
}

}  // namespace lexecon::compliance
