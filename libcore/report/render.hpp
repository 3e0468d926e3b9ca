// A report in one of its formats.
//
// Shapes   markdown and html through templates, of which the program carries one set; csv, json and OSCAL without
// Errors   those of report/template.hpp; Error{internal} for a template of a format that has none
// Source   lexecon-report(5), Formats
#pragma once

#include <string>
#include <string_view>

#include "json/fwd.hpp"
#include "report/format.hpp"
#include "report/template.hpp"

namespace lexecon::report {

[[nodiscard]] std::string render(const Json& model, Format format);
/// By a template of somebody's own, which is whole; Format::html or Format::markdown.
[[nodiscard]] std::string render(const Json& model, Format format, const Template& from);

/// What the program carries for reports of a kind: one text, to fill or to copy and change.
[[nodiscard]] Template built_in(std::string_view kind, Format format);
/// The parts that it is made of.
[[nodiscard]] Partials built_in_parts(Format format);

/// A row for each demand and kind of evidence, and for each fact of a section.
/// Source: RFC 4180
[[nodiscard]] std::string csv_of(const Json& model);

}  // namespace lexecon::report
