// A lexecon.report/1 as templates take it: words for states, links to sets of entries, figures drawn.
//
// Shapes   what a template may name: lexecon-report(5), Templates. Members are always there, null when they say nothing;
//          has_x is whether the list x has items
#pragma once

#include "json/fwd.hpp"
#include "report/markup.hpp"
#include "report/model.hpp"

namespace lexecon::report {

[[nodiscard]] Json view_of(const Json& model, Format format);

// Its parts
[[nodiscard]] Json header_view(const Json& model, const Markup& markup, const Sets& sets);
[[nodiscard]] Json summary_view(const Json& model, const Markup& markup);
[[nodiscard]] Json rows_view(const Json& model, const Markup& markup, const Sets& sets);
[[nodiscard]] Json sections_view(const Json& model, const Markup& markup, const Sets& sets);
[[nodiscard]] Json evidence_view(const Json& model, const Markup& markup);

// What they share
/// The text, or null where there is none.
[[nodiscard]] Json text_or_null(const Json& value, std::string_view name);
/// A time to the second, for people; whatever is none as it stands, and null where there is nothing.
[[nodiscard]] Json when(const Json& value, std::string_view name);
/// An id or a digest as code, or null.
[[nodiscard]] Json code_or_null(const Json& value, std::string_view name, const Markup& markup);
/// How many entries a set has, with a link to it; null when there is no such set.
[[nodiscard]] Json count_or_null(const Json& value, std::string_view name, const Markup& markup,
                                 const Sets& sets);
/// {line} of each, to be copied.
[[nodiscard]] Json lines_view(const Json& list, const Markup& markup);

}  // namespace lexecon::report
