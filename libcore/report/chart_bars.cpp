#include <algorithm>

#include "json/json.hpp"
#include "report/chart.hpp"
#include "report/svg.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

constexpr std::int64_t label_width = 230;
constexpr std::int64_t bar_width = 400;
constexpr std::int64_t number_width = 90;
constexpr std::int64_t line_height = 26;
constexpr std::int64_t bar_height = 14;
constexpr std::size_t label_limit = 34;

/// Something can be seen of whatever is not zero.
std::int64_t length_of(std::uint64_t value, std::uint64_t most) {
  if (value == 0) return 0;
  const auto share = static_cast<double>(value) / static_cast<double>(most);
  return std::max<std::int64_t>(2, static_cast<std::int64_t>(share * bar_width));
}

std::string line_of(const Json& bar, std::int64_t line, std::uint64_t most) {
  const auto value = number_at(bar, "value");
  const auto top = line * line_height;
  const auto length = length_of(value, most);
  const Box box{.x = label_width,
                .y = top + (line_height - bar_height) / 2,
                .width = length,
                .height = bar_height};
  const auto number = svg_text(label_width + length + 8, top + 17, Anchor::start,
                               views::grouped(value), label_limit);
  return svg_text(label_width - 10, top + 17, Anchor::end, text_at(bar, "label"), label_limit) +
         svg_rect(box, "rx=\"2\" class=\"bar\" fill=\"#0072b2\"") +
         svg_to_set(number, text_at(bar, "evidence"));
}

}  // namespace

std::string bars_svg(const Json& figure) {
  const auto& bars = list_at(figure, "bars");
  if (bars.empty()) return {};
  std::uint64_t most = 1;
  for (const auto& bar : bars) most = std::max(most, number_at(bar, "value"));
  std::string body;
  std::int64_t line = 0;
  for (const auto& bar : bars) body += line_of(bar, line++, most);
  return svg(label_width + bar_width + number_width, line * line_height, text_at(figure, "title"),
             body);
}

}  // namespace lexecon::report
