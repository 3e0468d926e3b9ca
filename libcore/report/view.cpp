#include "report/view.hpp"

#include "base/time.hpp"
#include "json/json.hpp"
#include "report/chart.hpp"
#include "report/marks.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

Json counted_marks(std::span<const Mark> known, const Json& counts, const Markup& markup) {
  Json out = Json::array();
  for (const auto& each : known) {
    out.push_back({{"mark", mark(markup, known, each.state)},
                   {"count", views::grouped(number_at(counts, each.state))}});
  }
  return out;
}

/// Of a framework: how many of all its controls there is evidence of, never of those alone that are mapped.
Json coverage_view(const Json& coverage) {
  if (!coverage.is_object()) return nullptr;
  return {{"evidenced", views::grouped(number_at(coverage, "evidenced"))},
          {"of", views::grouped(number_at(coverage, "of"))},
          {"denominator", text_at(coverage, "denominator")}};
}

/// The chart of states as a table, for a format that has no charts.
Json matrix_view(const Json& matrix, const Markup& markup) {
  Json lines = Json::array();
  for (const auto& applicability : applicability_marks()) {
    Json cells = Json::array();
    for (const auto& evidence : evidence_marks()) {
      const auto count = number_at(at(matrix, applicability.state), evidence.state);
      cells.push_back({{"count", views::grouped(count)}});
    }
    lines.push_back({{"mark", mark(markup, applicability_marks(), applicability.state)},
                     {"cells", std::move(cells)}});
  }
  Json columns = Json::array();
  for (const auto& each : evidence_marks()) {
    columns.push_back({{"mark", mark(markup, evidence_marks(), each.state)}});
  }
  return {{"columns", std::move(columns)}, {"lines", std::move(lines)}};
}

}  // namespace

Json text_or_null(const Json& value, std::string_view name) {
  auto text = text_at(value, name);
  return text.empty() ? Json() : Json(std::move(text));
}

Json when(const Json& value, std::string_view name) {
  const auto text = text_at(value, name);
  if (entry_time(text)) return views::clock_text(text);
  return text.empty() ? Json() : Json(text);
}

Json code_or_null(const Json& value, std::string_view name, const Markup& markup) {
  const auto text = text_at(value, name);
  return text.empty() ? Json() : report::markup(markup.code(text));
}

Json count_or_null(const Json& value, std::string_view name, const Markup& markup,
                   const Sets& sets) {
  const auto set = text_at(value, name);
  if (sets.find(set).is_null()) return nullptr;
  return report::markup(markup.count(sets.count(set), set));
}

Json lines_view(const Json& list, const Markup& markup) {
  Json out = Json::array();
  for (const auto& each : list) {
    out.push_back({{"line", report::markup(markup.line(text_of(each)))}});
  }
  return out;
}

Json summary_view(const Json& model, const Markup& markup) {
  const auto& summary = at(model, "summary");
  const auto& matrix = at(summary, "matrix");
  const auto& conclusions = at(summary, "conclusions");
  const auto drawn = markup.is_html() ? matrix_svg(matrix) : std::string();
  return {
      {"rows", views::grouped(number_at(summary, "rows"))},
      {"gaps", views::grouped(number_at(summary, "gaps"))},
      {"has_gaps", number_at(summary, "gaps") > 0},
      {"is_counted", number_at(summary, "rows") > 0},
      {"applicability", counted_marks(applicability_marks(), at(summary, "applicability"), markup)},
      {"evidence", counted_marks(evidence_marks(), at(summary, "evidence"), markup)},
      {"conclusions", counted_marks(conclusion_marks(), conclusions, markup)},
      {"without_conclusion", views::grouped(number_at(conclusions, "none"))},
      {"coverage", coverage_view(at(summary, "coverage"))},
      {"matrix_svg", drawn.empty() ? Json() : report::markup(drawn)},
      {"matrix", matrix_view(matrix, markup)},
  };
}

Json view_of(const Json& model, Format format) {
  const Markup markup(format);
  const Sets sets(model);
  Json out = header_view(model, markup, sets);
  out["summary"] = summary_view(model, markup);
  out["rows"] = rows_view(model, markup, sets);
  Json gaps = Json::array();
  for (const auto& row : out["rows"]) {
    if (!row["gap"].is_null()) gaps.push_back(row);
  }
  out["gaps"] = std::move(gaps);
  out["sections"] = sections_view(model, markup, sets);
  out["evidence"] = evidence_view(model, markup);
  out["incomplete"] = joined(list_at(model, "incomplete"), ", ");
  for (const auto* name : {"rows", "gaps", "sections", "evidence"}) {
    out["has_" + std::string(name)] = !out[name].empty();
  }
  out["is_incomplete"] = !list_at(model, "incomplete").empty();
  return out;
}

}  // namespace lexecon::report
