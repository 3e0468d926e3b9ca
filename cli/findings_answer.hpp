// The forms in which commands that check files answer.
#pragma once

#include "command.hpp"
#include "context.hpp"
#include "findings/report.hpp"
#include "json/json.hpp"

namespace lexecon::cli {

/// --format, of every such command.
[[nodiscard]] Option findings_format();
/// Error{usage} for --format beside --json or --pointer, unless they agree.
void require_one_form(const Arguments& given, const Context& context);
/// The report in the form that was asked for; `document` is the answer of --json, `text` that for people.
void answer_findings(const Arguments& given, Context& context, const findings::Report& report,
                     const Json& document, const std::string& text);
/// What stands before the names of a folder's files, as build servers know them: relative to the working
/// directory when it is above.
[[nodiscard]] std::string shown_folder(const Path& folder);

}  // namespace lexecon::cli
