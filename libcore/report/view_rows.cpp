#include <array>
#include <utility>

#include "json/json.hpp"
#include "report/marks.hpp"
#include "report/view.hpp"

namespace lexecon::report {
namespace {

Json statement_view(const Json& statement, const Markup& markup) {
  if (!statement.is_object()) return nullptr;
  return {{"by", text_at(statement, "by")},
          {"at", when(statement, "at")},
          {"expires_on", text_or_null(statement, "expires_on")},
          {"document", code_or_null(statement, "evidence_id", markup)},
          {"entry", code_or_null(statement, "entry_id", markup)}};
}

Json kinds_view(const Json& evidence, const Markup& markup, const Sets& sets) {
  Json out = Json::array();
  for (const auto& each : list_at(evidence, "kinds")) {
    out.push_back({{"kind", code_or_null(each, "kind", markup)},
                   {"meaning", text_at(each, "meaning")},
                   {"state", mark(markup, evidence_marks(), text_at(each, "state"))},
                   {"count", count_or_null(each, "evidence", markup, sets)},
                   {"statement", statement_view(at(each, "statement"), markup)},
                   {"detail", text_or_null(each, "detail")}});
  }
  return out;
}

Json conclusion_view(const Json& conclusion, const Markup& markup) {
  if (!conclusion.is_object()) return nullptr;
  const auto& satisfied = at(conclusion, "satisfied");
  const auto& period = at(conclusion, "period");
  return {
      {"mark", mark(markup, conclusion_marks(), satisfied == true ? "satisfied" : "not_satisfied")},
      {"by", text_at(conclusion, "by")},
      {"role", text_or_null(conclusion, "role")},
      {"at", when(conclusion, "at")},
      {"from", text_or_null(period, "from")},
      {"to", text_or_null(period, "to")},
      {"expires_on", text_or_null(conclusion, "expires_on")},
      {"expired", at(conclusion, "expired") == true},
      {"entry", code_or_null(conclusion, "entry_id", markup)}};
}

Json gap_view(const Json& gap, const Markup& markup) {
  if (!gap.is_object()) return nullptr;
  return {{"missing", joined(list_at(gap, "missing"), ", ")},
          {"action", text_at(gap, "action")},
          {"owner", text_or_null(gap, "owner")},
          {"due", text_or_null(gap, "due")},
          {"state", text_or_null(gap, "state")},
          {"entry", code_or_null(gap, "entry_id", markup)}};
}

/// What the rulebook says besides, in its words.
Json details_view(const Json& row) {
  static constexpr auto labels = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"condition", "Asked for"},
      {"retention", "Retention"},
      {"deadline", "Deadline"},
      {"penalty_tier", "Penalty tier"},
      {"amended", "Amended"},
      {"oscal_control", "OSCAL control"},
      {"note", "Note"},
  });
  Json out = Json::array();
  for (const auto& [name, label] : labels) {
    auto value = text_or_null(row, name);
    if (!value.is_null()) {
      out.push_back({{"label", std::string(label)}, {"value", std::move(value)}});
    }
  }
  return out;
}

Json row_view(const Json& row, const Markup& markup, const Sets& sets) {
  const auto& applicability = at(row, "applicability");
  const auto& evidence = at(row, "evidence");
  auto roles = joined(list_at(row, "roles"), ", ");
  auto lacks = joined(list_at(evidence, "lacks"), ", ");
  return {
      {"id", code_or_null(row, "id", markup)},
      {"rulebook", text_at(row, "rulebook")},
      {"reference", text_or_null(row, "reference")},
      {"title", text_at(row, "title")},
      {"duty", text_or_null(row, "duty")},
      {"reach", text_at(row, "reach")},
      {"strength", text_or_null(row, "strength")},
      {"roles", roles.empty() ? Json() : Json(std::move(roles))},
      {"applies", mark(markup, applicability_marks(), text_at(applicability, "state"))},
      {"applies_from", text_or_null(applicability, "from")},
      {"formal_from", text_or_null(applicability, "formal")},
      {"reason", text_or_null(applicability, "reason")},
      {"basis", text_or_null(applicability, "basis")},
      {"evidence_state", mark(markup, evidence_marks(), text_at(evidence, "state"))},
      {"kinds", kinds_view(evidence, markup, sets)},
      {"has_kinds", !list_at(evidence, "kinds").empty()},
      {"lacks", lacks.empty() ? Json() : Json(std::move(lacks))},
      {"conclusion", conclusion_view(at(row, "conclusion"), markup)},
      {"gap", gap_view(at(row, "gap"), markup)},
      {"details", details_view(row)},
  };
}

}  // namespace

Json rows_view(const Json& model, const Markup& markup, const Sets& sets) {
  Json out = Json::array();
  for (const auto& row : list_at(model, "rows")) out.push_back(row_view(row, markup, sets));
  return out;
}

}  // namespace lexecon::report
