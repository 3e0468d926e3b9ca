#include <algorithm>
#include <cmath>

#include "json/json.hpp"
#include "report/chart.hpp"
#include "report/marks.hpp"
#include "report/svg.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

constexpr std::int64_t label_width = 150;
constexpr std::int64_t head_height = 46;
constexpr std::int64_t cell_width = 92;
constexpr std::int64_t cell_height = 44;
constexpr std::int64_t gap = 3;
constexpr std::size_t label_limit = 18;

std::uint64_t most_of(const Json& matrix) {
  std::uint64_t most = 0;
  for (const auto& applicability : applicability_marks()) {
    for (const auto& evidence : evidence_marks()) {
      most = std::max(most, number_at(at(matrix, applicability.state), evidence.state));
    }
  }
  return most;
}

/// From faint to strong with the number; nobody has to tell two shades apart, for the number stands in it.
std::string cell(std::int64_t column, std::int64_t line, std::uint64_t count, std::uint64_t most,
                 std::string_view state) {
  const Box box{.x = label_width + column * cell_width,
                .y = head_height + line * cell_height,
                .width = cell_width - gap,
                .height = cell_height - gap};
  const auto middle = box.x + box.width / 2;
  if (count == 0) {
    return svg_rect(box, "rx=\"4\" class=\"cell-empty\" fill=\"#eef1f5\"") +
           svg_text(middle, box.y + 25, Anchor::middle, "\u00B7", 1, "opacity=\"0.5\"");
  }
  const auto share = std::sqrt(static_cast<double>(count) / static_cast<double>(most));
  const auto opacity = 15 + static_cast<int>(35 * share);
  return svg_rect(box, "rx=\"4\" class=\"cell " + std::string(state) +
                           "\" fill=\"#0072b2\" fill-opacity=\"0." + std::to_string(opacity) +
                           "\"") +
         svg_text(middle, box.y + 26, Anchor::middle, views::grouped(count), label_limit,
                  "font-size=\"15\" font-weight=\"600\"");
}

}  // namespace

std::string matrix_svg(const Json& matrix) {
  const auto most = most_of(matrix);
  if (most == 0) return {};
  std::string body = svg_text(label_width, 14, Anchor::start, "evidence on record", label_limit,
                              "opacity=\"0.7\" font-size=\"11\"");
  std::int64_t column = 0;
  for (const auto& evidence : evidence_marks()) {
    body += svg_text(label_width + column * cell_width + (cell_width - gap) / 2, head_height - 10,
                     Anchor::middle, std::string(evidence.sign) + " " + std::string(evidence.label),
                     label_limit);
    std::int64_t line = 0;
    for (const auto& applicability : applicability_marks()) {
      const auto count = number_at(at(matrix, applicability.state), evidence.state);
      body += cell(column, line++, count, most, evidence.state);
    }
    ++column;
  }
  std::int64_t line = 0;
  for (const auto& each : applicability_marks()) {
    body += svg_text(label_width - 12, head_height + line++ * cell_height + 25, Anchor::end,
                     std::string(each.sign) + " " + std::string(each.label), label_limit);
  }
  return svg(label_width + column * cell_width, head_height + line * cell_height,
             "Rows by whether they apply and by the evidence on record", body);
}

}  // namespace lexecon::report
