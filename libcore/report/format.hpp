// The formats that a report is rendered in here; all are made from one lexecon.report/1 and nothing else.
//
// Source   lexecon-report(5), Formats
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lexecon::report {

enum class Format : std::uint8_t { json, csv, markdown, html, oscal_ar, oscal_poam };

[[nodiscard]] std::string_view to_string(Format format);
[[nodiscard]] std::optional<Format> format_from(std::string_view text);
/// What a file of that format is called behind its name, as in ".oscal-ar.json".
[[nodiscard]] std::string_view suffix_of(Format format);

}  // namespace lexecon::report
