#include <string>
#include <utility>

#include "json/json.hpp"
#include "report/chart.hpp"
#include "report/view.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

/// A value that entries count has a link to them.
Json linked(const Json& value, std::string_view text_name, const Markup& markup, const Sets& sets) {
  const auto set = text_at(value, "evidence");
  const auto text = text_at(value, text_name);
  if (sets.find(set).is_null()) return text;
  const auto count = sets.count(set);
  if (text == std::to_string(count)) return report::markup(markup.count(count, set));
  return report::markup(markup.to_set(text, set));
}

Json codes(const Json& list, const Markup& markup) {
  std::string out;
  for (const auto& each : list) out += (out.empty() ? "" : ", ") + markup.code(text_of(each));
  return out.empty() ? Json() : report::markup(out);
}

Json facts_view(const Json& section, const Markup& markup, const Sets& sets) {
  Json out = Json::array();
  for (const auto& each : list_at(section, "facts")) {
    out.push_back({{"label", text_at(each, "label")},
                   {"value", linked(each, "value", markup, sets)},
                   {"entries", codes(list_at(each, "entries"), markup)}});
  }
  return out;
}

bool any_has(const Json& rows, std::string_view name) {
  for (const auto& row : rows) {
    if (!text_at(row, name).empty()) return true;
  }
  return false;
}

/// Short enough to stand in one line of any column.
bool is_word(const std::string& cell) {
  constexpr std::size_t most = 22;
  return cell.size() <= most && cell.find(' ') == std::string::npos;
}

Json table_view(const Json& table, const Markup& markup, const Sets& sets) {
  if (!table.is_object()) return nullptr;
  const auto& listed = list_at(table, "rows");
  const bool has_entries = any_has(listed, "entry_id");
  const bool has_counts = any_has(listed, "evidence");
  Json columns = Json::array();
  for (const auto& each : list_at(table, "columns")) columns.push_back({{"name", text_of(each)}});
  if (has_counts) columns.push_back({{"name", "Entries"}});
  if (has_entries) columns.push_back({{"name", "Entry"}});
  Json rows = Json::array();
  for (const auto& row : listed) {
    Json cells = Json::array();
    for (const auto& cell : list_at(row, "cells")) {
      const auto text = text_of(cell);
      cells.push_back({{"cell", text}, {"is_word", is_word(text)}});
    }
    if (has_counts)
      cells.push_back({{"cell", count_or_null(row, "evidence", markup, sets)}, {"is_word", true}});
    if (has_entries)
      cells.push_back({{"cell", code_or_null(row, "entry_id", markup)}, {"is_word", true}});
    rows.push_back({{"cells", std::move(cells)}});
  }
  const bool has_rows = !rows.empty();
  return {{"columns", std::move(columns)}, {"rows", std::move(rows)}, {"has_rows", has_rows}};
}

Json line_view(std::string from, std::string to, const Json& edge, const Markup& markup) {
  const auto observed = number_at(edge, "observed");
  return {{"from", std::move(from)},
          {"to", std::move(to)},
          {"label", text_or_null(edge, "label")},
          {"declared", at(edge, "declared") == true ? "yes" : "no"},
          {"observed", report::markup(markup.count(observed, text_at(edge, "evidence")))}};
}

/// What a drawing shows, in words, for whoever cannot see it.
Json flow_lines(const Json& figure, const Markup& markup) {
  const auto label_of = [&figure](const std::string& id) {
    for (const auto& node : list_at(figure, "nodes")) {
      if (text_at(node, "id") == id) return text_at(node, "label");
    }
    return id;
  };
  Json out = Json::array();
  for (const auto& edge : list_at(figure, "edges")) {
    out.push_back(
        line_view(label_of(text_at(edge, "from")), label_of(text_at(edge, "to")), edge, markup));
  }
  return out;
}

Json bars_lines(const Json& figure, const Markup& markup) {
  Json out = Json::array();
  for (const auto& bar : list_at(figure, "bars")) {
    out.push_back({{"label", text_at(bar, "label")},
                   {"value", report::markup(markup.count(number_at(bar, "value"),
                                                         text_at(bar, "evidence")))}});
  }
  return out;
}

Json figure_view(const Json& figure, const Markup& markup) {
  if (!figure.is_object()) return nullptr;
  const auto drawn = text_at(figure, "type") == "flow" ? flow_svg(figure) : bars_svg(figure);
  Json bars = bars_lines(figure, markup);
  Json edges = flow_lines(figure, markup);
  const bool has_bars = !bars.empty();
  const bool has_edges = !edges.empty();
  return {{"title", text_at(figure, "title")},
          {"unit", text_or_null(figure, "unit")},
          {"svg", drawn.empty() || !markup.is_html() ? Json() : report::markup(drawn)},
          {"bars", std::move(bars)},
          {"has_bars", has_bars},
          {"edges", std::move(edges)},
          {"has_edges", has_edges}};
}

Json to_complete_view(const Json& section, const Markup& markup) {
  Json out = Json::array();
  for (const auto& each : list_at(section, "to_complete")) {
    auto fields = joined(list_at(each, "fields"), ", ");
    out.push_back({{"item", code_or_null(each, "item", markup)},
                   {"title", text_at(each, "title")},
                   {"fields", fields.empty() ? Json() : Json(std::move(fields))},
                   {"by", text_at(each, "by")}});
  }
  return out;
}

Json section_view(const Json& section, const Markup& markup, const Sets& sets) {
  Json text = Json::array();
  for (const auto& each : list_at(section, "text")) text.push_back({{"paragraph", text_of(each)}});
  Json facts = facts_view(section, markup, sets);
  Json to_complete = to_complete_view(section, markup);
  const bool has_facts = !facts.empty();
  const bool has_to_complete = !to_complete.empty();
  return {{"title", text_at(section, "title")},
          {"text", std::move(text)},
          {"facts", std::move(facts)},
          {"has_facts", has_facts},
          {"table", table_view(at(section, "table"), markup, sets)},
          {"figure", figure_view(at(section, "figure"), markup)},
          {"to_complete", std::move(to_complete)},
          {"has_to_complete", has_to_complete}};
}

}  // namespace

Json sections_view(const Json& model, const Markup& markup, const Sets& sets) {
  Json out = Json::array();
  std::uint64_t number = 0;
  for (const auto& section : list_at(model, "sections")) {
    out.push_back(section_view(section, markup, sets));
    out.back()["number"] = std::to_string(++number);
  }
  return out;
}

}  // namespace lexecon::report
