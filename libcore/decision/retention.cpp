#include "decision/retention.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::decision {
namespace {

std::string_view text_of(const chain::Entry& entry, const char* member) {
  const auto found = entry.data.find(member);
  if (found == entry.data.end() || !found->is_string()) return {};
  return found->get_ref<const std::string&>();
}

bool hits(std::string_view pattern, std::string_view id) {
  if (id.empty()) return false;
  if (!pattern.ends_with('*')) return pattern == id;
  pattern.remove_suffix(1);
  return id.starts_with(pattern);
}

bool hits_any(const std::vector<std::string>& patterns, std::string_view id) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [id](const auto& pattern) { return hits(pattern, id); });
}

bool hits_a_class(const std::vector<std::string>& patterns, const chain::Entry& entry) {
  const auto found = entry.data.find("data_classes");
  if (found == entry.data.end() || !found->is_array()) return false;
  return std::any_of(found->begin(), found->end(), [&](const Json& each) {
    return each.is_string() && hits_any(patterns, each.get_ref<const std::string&>());
  });
}

std::string_view evidence_type(const chain::Entry& entry) {
  if (entry.event_type == "evidence.added") return text_of(entry, "type");
  return entry.event_type == "decision" ? "decision_log" : "";
}

bool fits(const RetentionRules& rules, const Applies& applies, const chain::Entry& entry) {
  const auto is_asked = [](const auto& list) { return !list.empty(); };
  if (is_asked(applies.event_types) && !hits_any(applies.event_types, entry.event_type)) {
    return false;
  }
  if (is_asked(applies.evidence_types) && !hits_any(applies.evidence_types, evidence_type(entry))) {
    return false;
  }
  if (is_asked(applies.actors) && !hits_any(applies.actors, entry.actor)) return false;
  if (is_asked(applies.actions) && !hits_any(applies.actions, text_of(entry, "action"))) {
    return false;
  }
  if (is_asked(applies.data_classes) && !hits_a_class(applies.data_classes, entry)) return false;
  return !applies.high_risk_system || hits_any(rules.high_risk_systems, entry.actor);
}

std::optional<Period> last_of(const std::vector<Period>& periods) {
  const auto last = std::max_element(periods.begin(), periods.end(),
                                     [](const auto& a, const auto& b) { return a.end < b.end; });
  return last == periods.end() ? std::nullopt : std::optional(*last);
}

}  // namespace

std::vector<Period> periods_of(const RetentionRules& rules, const chain::Entry& entry) {
  std::vector<Period> out;
  for (const auto& each : rules.classes) {
    if (!fits(rules, each.applies, entry)) continue;
    out.push_back({&each, each.from.value_or(entry.timestamp) + each.keep});
  }
  return out;
}

std::optional<Period> floor_of(const RetentionRules& rules, const chain::Entry& entry,
                               std::string_view legal_basis) {
  auto periods = periods_of(rules, entry);
  std::erase_if(periods, [legal_basis](const Period& period) {
    const auto& yields = period.of->gives_way_to;
    return !period.of->is_floor ||
           std::find(yields.begin(), yields.end(), legal_basis) != yields.end();
  });
  return last_of(periods);
}

std::optional<Period> expiry_of(const RetentionRules& rules, const chain::Entry& entry) {
  auto periods = periods_of(rules, entry);
  std::erase_if(periods,
                [](const Period& period) { return !period.of->is_floor && !period.of->erases; });
  const bool expires = std::any_of(periods.begin(), periods.end(),
                                   [](const Period& period) { return period.of->erases; });
  return expires ? last_of(periods) : std::nullopt;
}

}  // namespace lexecon::decision
