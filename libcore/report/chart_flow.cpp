#include <algorithm>
#include <map>
#include <string>

#include "json/json.hpp"
#include "report/chart.hpp"
#include "report/svg.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

constexpr std::int64_t node_width = 156;
constexpr std::int64_t node_height = 40;
constexpr std::int64_t column_width = 266;
constexpr std::int64_t line_height = 62;
constexpr std::int64_t margin = 14;
constexpr std::int64_t legend_height = 34;
constexpr std::uint64_t max_columns = 8;
constexpr std::size_t label_limit = 22;

/// Nodes by their ids, each in a place of its own.
class Layout {
 public:
  explicit Layout(const Json& nodes) {
    std::map<std::uint64_t, std::int64_t> filled;
    for (const auto& node : nodes) {
      const auto column = std::min(number_at(node, "column"), max_columns - 1);
      const auto line = filled[column]++;
      const auto x = margin + static_cast<std::int64_t>(column) * column_width;
      const auto y = margin + legend_height + line * line_height;
      boxes_.try_emplace(text_at(node, "id"),
                         Box{.x = x, .y = y, .width = node_width, .height = node_height});
      width_ = std::max(width_, x + node_width + margin);
      height_ = std::max(height_, y + node_height + margin);
    }
  }
  [[nodiscard]] const Box* find(const std::string& id) const {
    const auto found = boxes_.find(id);
    return found == boxes_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] std::int64_t width() const { return width_; }
  [[nodiscard]] std::int64_t height() const { return height_; }

 private:
  std::map<std::string, Box, std::less<>> boxes_;
  std::int64_t width_ = 3 * column_width;
  std::int64_t height_ = 0;
};

/// Solid where entries show it, broken where the set alone does; heavy where the set does not.
std::string_view stroke_of(bool is_declared, bool is_observed) {
  if (is_declared && is_observed) return R"(class="both" stroke="#0072b2" stroke-width="1.6")";
  if (is_declared) {
    return R"(class="declared-only" stroke="#6b7686" stroke-width="1.4" stroke-dasharray="5 4")";
  }
  return R"(class="observed-only" stroke="#d55e00" stroke-width="2.6")";
}

bool flag(const Json& value, std::string_view name) { return at(value, name) == true; }

std::string node_of(const Json& node, const Box& box) {
  return svg_rect(box, "rx=\"5\" fill=\"#f4f6f9\" " +
                           std::string(stroke_of(flag(node, "declared"), flag(node, "observed")))) +
         svg_text(box.x + box.width / 2, box.y + 25, Anchor::middle, text_at(node, "label"),
                  label_limit);
}

std::string point(std::int64_t x, std::int64_t y) {
  return std::to_string(x) + " " + std::to_string(y);
}

std::string edge_of(const Json& edge, const Box& from, const Box& to) {
  const bool is_forward = to.x > from.x;
  const auto start_x = is_forward || to.x == from.x ? from.x + node_width : from.x;
  const auto end_x =
      is_forward || to.x < from.x ? (is_forward ? to.x : to.x + node_width) : to.x + node_width;
  const auto start_y = from.y + node_height / 2;
  const auto end_y = to.y + node_height / 2;
  const auto bend = is_forward ? (end_x - start_x) / 2 : std::int64_t{46};
  const auto away = is_forward || to.x == from.x ? bend : -bend;
  const auto back = is_forward ? -bend : bend;
  const auto observed = number_at(edge, "observed");
  const auto line = "<path d=\"M" + point(start_x, start_y) + " C" +
                    point(start_x + away, start_y) + " " + point(end_x + back, end_y) + " " +
                    point(end_x, end_y) + "\" fill=\"none\" marker-end=\"url(#tip)\" " +
                    std::string(stroke_of(flag(edge, "declared"), observed > 0)) + "/>\n";
  // Near where it starts, for lines cross in the middle; and on ground of its own.
  const auto label_x = is_forward ? start_x + (end_x - start_x) * 3 / 10 : start_x + away;
  const auto label_y = is_forward ? start_y + (end_y - start_y) / 5 : (start_y + end_y) / 2;
  const auto label =
      svg_text(label_x, label_y - 4, Anchor::middle,
               observed > 0 ? views::grouped(observed) : std::string("not observed"), label_limit,
               R"(font-size="11" paint-order="stroke" class="ink halo" stroke="#ffffff" )"
               R"(stroke-width="4" fill="#18212d")");
  return line + svg_to_set(label, text_at(edge, "evidence"));
}

std::string legend() {
  struct Sample {
    bool is_declared;
    bool is_observed;
    std::string_view text;
  };
  constexpr Sample samples[] = {{true, true, "declared and observed"},
                                {true, false, "declared, not observed"},
                                {false, true, "observed, not declared"}};
  std::string out =
      "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
      "markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" "
      "d=\"M0 0L8 4L0 8z\" fill=\"#6b7686\"/></marker></defs>\n";
  std::int64_t x = margin;
  for (const auto& each : samples) {
    out += "<path d=\"M" + point(x, margin) + " L" + point(x + 34, margin) + "\" fill=\"none\" " +
           std::string(stroke_of(each.is_declared, each.is_observed)) + "/>\n";
    out +=
        svg_text(x + 42, margin + 4, Anchor::start, each.text, label_limit + 4, "font-size=\"11\"");
    x += 210;
  }
  return out;
}

}  // namespace

std::string flow_svg(const Json& figure) {
  const auto& nodes = list_at(figure, "nodes");
  if (nodes.empty()) return {};
  const Layout layout(nodes);
  std::string body = legend();
  for (const auto& edge : list_at(figure, "edges")) {
    const auto* from = layout.find(text_at(edge, "from"));
    const auto* to = layout.find(text_at(edge, "to"));
    // What leads nowhere stands in the table of edges all the same.
    if (from != nullptr && to != nullptr) body += edge_of(edge, *from, *to);
  }
  for (const auto& node : nodes) {
    if (const auto* box = layout.find(text_at(node, "id"))) body += node_of(node, *box);
  }
  return svg(layout.width(), layout.height(), text_at(figure, "title"), body);
}

}  // namespace lexecon::report
