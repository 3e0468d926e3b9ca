#include "chain/incident_shapes.hpp"

#include <array>

#include "base/ids.hpp"

namespace lexecon::chain {
namespace {

void incident_id(const Json& value, const Place& at) {
  line(value, at);
  if (!is_prefixed_ulid(value.get_ref<const std::string&>(), "inc_")) {
    refuse("`inc_` and 26 characters", at);
  }
}

/// Of Art. 3(49) and (61) of Regulation (EU) 2024/1689, and what is none of these.
void severity(const Json& value, const Place& at) {
  one_of({"death", "serious_harm", "infrastructure", "widespread", "fundamental_rights",
          "property_or_environment", "not_serious"},
         "a severity of incidents", value, at);
}

void told(const Json& value, const Place& at) {
  one_of({"authority", "provider", "importer", "distributor", "affected_person", "other"},
         "authority, provider, importer, distributor, affected_person or other", value, at);
}

void report(const Json& value, const Place& at) {
  one_of({"initial", "complete", "update"}, "initial, complete or update", value, at);
}

/// Nobody knows before it happens; times of one shape stand in the order of their text.
void times_in_order(const Json& data, const Place& at) {
  const auto occurred_at = text_of(data, "occurred_at");
  if (text_of(data, "aware_at") < occurred_at) {
    refuse("a time not before occurred_at", at.below("aware_at"));
  }
  const Json& link = data.at("link_established_at");
  if (!link.is_null() && text_of(data, "link_established_at") < occurred_at) {
    refuse("a time not before occurred_at", at.below("link_established_at"));
  }
}

constexpr auto incident = std::to_array<Member>({
    {"aware_at", entry_instant},
    {"decisions", ascending<decision_id>},
    {"incident_id", incident_id},
    {"link_established_at", or_null<entry_instant>},
    {"occurred_at", entry_instant},
    {"severity", severity},
    {"system", or_null<free_identifier>},
});
constexpr auto reported = std::to_array<Member>({
    {"evidence_id", or_null<line>},
    {"incident_id", incident_id},
    {"report", report},
    {"reported_at", entry_instant},
    {"to", told},
});
constexpr auto closed = std::to_array<Member>({{"incident_id", incident_id}, {"reason", code}});

}  // namespace

std::span<const EventShape> incident_shapes() {
  using enum Signing;
  static const auto table = std::to_array<EventShape>({
      {"incident.recorded", incident, if_wanted, times_in_order},
      {"incident.updated", incident, by_operator, times_in_order},
      {"incident.reported", reported, by_operator},
      {"incident.closed", closed, by_operator},
  });
  return table;
}

}  // namespace lexecon::chain
