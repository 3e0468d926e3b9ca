#include "report/marks.hpp"

#include <array>

#include "json/json.hpp"

namespace lexecon::report {

std::span<const Mark> applicability_marks() {
  static constexpr auto marks = std::to_array<Mark>({
      {"applies", "applies", "\u25A0"},
      {"disputed", "disputed", "\u2260"},
      {"not_yet", "not yet", "\u25B7"},
      {"unknown", "unknown", "?"},
      {"not_applicable", "not applicable", "\u2013"},
  });
  return marks;
}

std::span<const Mark> evidence_marks() {
  static constexpr auto marks = std::to_array<Mark>({
      {"present", "present", "\u25CF"},
      {"partial", "partial", "\u25D0"},
      {"declared", "declared", "\u25C6"},
      {"external", "external", "\u2197"},
      {"stale", "stale", "\u25CC"},
      {"none", "none", "\u25CB"},
  });
  return marks;
}

std::span<const Mark> conclusion_marks() {
  static constexpr auto marks = std::to_array<Mark>({
      {"satisfied", "satisfied", "\u2713"},
      {"not_satisfied", "not satisfied", "\u2717"},
  });
  return marks;
}

Json mark(const Markup& markup, std::span<const Mark> known, std::string_view state) {
  for (const auto& each : known) {
    if (each.state != state) continue;
    const auto text = std::string(each.sign) + " " + std::string(each.label);
    if (!markup.is_html()) return report::markup(text);
    return report::markup("<span class=\"mark " + std::string(each.state) +
                          "\"><span aria-hidden=\"true\">" + std::string(each.sign) + "</span> " +
                          std::string(each.label) + "</span>");
  }
  return report::markup(markup.escaped(state));
}

}  // namespace lexecon::report
