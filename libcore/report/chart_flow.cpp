#include <algorithm>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "report/chart.hpp"
#include "report/svg.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

// A lane for each edge, from left to right: who, by what, to what. Lines that never cross can be read.
constexpr std::int64_t margin = 14;
constexpr std::int64_t legend_height = 34;
constexpr std::int64_t lane_height = 50;
constexpr std::int64_t box_height = 38;
constexpr std::int64_t box_width = 226;
constexpr std::int64_t arrow_width = 260;
constexpr std::int64_t right = margin + box_width + arrow_width;
constexpr std::int64_t width = right + box_width + margin;
constexpr std::size_t most_lanes = 60;
constexpr std::size_t label_limit = 30;

struct Style {
  bool is_declared;
  bool is_observed;
};

/// Solid where entries show it, broken where the set alone does; heavy where the set does not.
std::string_view stroke_of(Style style) {
  if (style.is_declared && style.is_observed) {
    return R"(class="both" stroke="#0072b2" stroke-width="1.6")";
  }
  if (style.is_declared) {
    return R"(class="declared-only" stroke="#6b7686" stroke-width="1.4" stroke-dasharray="5 4")";
  }
  return R"(class="observed-only" stroke="#d55e00" stroke-width="2.6")";
}

Style style_of(const Json& edge) {
  return {.is_declared = at(edge, "declared") == true,
          .is_observed = number_at(edge, "observed") > 0};
}

std::string label_of(const Json& nodes, const std::string& id) {
  for (const auto& node : nodes) {
    if (text_at(node, "id") == id) return std::string(text_at(node, "label"));
  }
  return id;
}

std::string box(std::int64_t x, std::int64_t y, std::int64_t lanes, const std::string& label,
                Style style) {
  const auto height = (lanes - 1) * lane_height + box_height;
  return svg_rect({.x = x, .y = y, .width = box_width, .height = height},
                  "rx=\"5\" fill=\"#f4f6f9\" " + std::string(stroke_of(style))) +
         svg_text(x + box_width / 2, y + height / 2 + 5, Anchor::middle, label, label_limit);
}

std::string line(std::int64_t from, std::int64_t to, std::int64_t y, Style style,
                 std::string_view more) {
  const auto height = std::to_string(y);
  return "<path d=\"M" + std::to_string(from) + " " + height + " L" + std::to_string(to) + " " +
         height + "\" fill=\"none\" " + std::string(more) + std::string(stroke_of(style)) + "/>\n";
}

std::string arrow_of(const Json& edge, std::int64_t y) {
  constexpr std::int64_t left = margin + box_width;
  constexpr std::string_view small = R"(font-size="11")";
  const auto observed = number_at(edge, "observed");
  const auto middle = y + box_height / 2;
  const auto count = svg_text(left + arrow_width / 2, middle + 14, Anchor::middle,
                              observed > 0 ? views::grouped(observed) : std::string("not observed"),
                              label_limit, small);
  return line(left, right, middle, style_of(edge), "marker-end=\"url(#tip)\" ") +
         svg_text(left + arrow_width / 2, middle - 6, Anchor::middle, text_at(edge, "label"),
                  label_limit + 6, small) +
         svg_to_set(count, text_at(edge, "evidence"));
}

std::string legend() {
  struct Sample {
    Style style;
    std::string_view text;
  };
  constexpr Sample samples[] = {{{true, true}, "declared and observed"},
                                {{true, false}, "declared, not observed"},
                                {{false, true}, "observed, not declared"}};
  std::string out =
      "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
      "markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" "
      "d=\"M0 0L8 4L0 8z\" fill=\"#6b7686\"/></marker></defs>\n";
  std::int64_t x = margin;
  for (const auto& each : samples) {
    out += line(x, x + 34, margin, each.style, {});
    out += svg_text(x + 42, margin + 4, Anchor::start, each.text, label_limit, "font-size=\"11\"");
    x += 210;
  }
  return out;
}

}  // namespace

std::string flow_svg(const Json& figure) {
  const auto& nodes = list_at(figure, "nodes");
  std::vector<Json> edges;
  for (const auto& edge : list_at(figure, "edges")) edges.push_back(edge);
  if (edges.empty()) return {};
  // Those of one sender stand together; the table below has all of them.
  std::stable_sort(edges.begin(), edges.end(), [](const Json& one, const Json& other) {
    return text_at(one, "from") < text_at(other, "from");
  });
  edges.resize(std::min(edges.size(), most_lanes));
  std::string body = legend();
  std::int64_t y = margin + legend_height;
  for (auto first = edges.begin(); first != edges.end();) {
    const auto from = text_at(*first, "from");
    const auto behind = std::find_if(
        first, edges.end(), [&](const Json& each) { return text_at(each, "from") != from; });
    Style sender{false, false};
    const auto top = y;
    for (auto each = first; each != behind; ++each, y += lane_height) {
      const auto style = style_of(*each);
      sender = {sender.is_declared || style.is_declared, sender.is_observed || style.is_observed};
      body += arrow_of(*each, y) +
              box(right, y, 1, label_of(nodes, std::string(text_at(*each, "to"))), style);
    }
    body += box(margin, top, behind - first, label_of(nodes, std::string(from)), sender);
    first = behind;
  }
  return svg(width, y - lane_height + box_height + margin, text_at(figure, "title"), body);
}

}  // namespace lexecon::report
