#include "report/format.hpp"

#include <array>

namespace lexecon::report {
namespace {

struct Named {
  Format format;
  std::string_view name;
  std::string_view suffix;
};

constexpr auto formats = std::to_array<Named>({
    {Format::json, "json", ".json"},
    {Format::csv, "csv", ".csv"},
    {Format::markdown, "markdown", ".md"},
    {Format::html, "html", ".html"},
    {Format::oscal_ar, "oscal-ar", ".oscal-ar.json"},
    {Format::oscal_poam, "oscal-poam", ".oscal-poam.json"},
});

const Named& named(Format format) { return formats.at(static_cast<std::size_t>(format)); }

}  // namespace

std::string_view to_string(Format format) { return named(format).name; }

std::optional<Format> format_from(std::string_view text) {
  for (const auto& each : formats) {
    if (each.name == text) return each.format;
  }
  return std::nullopt;
}

std::string_view suffix_of(Format format) { return named(format).suffix; }

}  // namespace lexecon::report
