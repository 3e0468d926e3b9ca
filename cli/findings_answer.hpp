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
/// The report in the form that was asked for; `document` is the answer of --json.
void answer_findings(const Arguments& given, Context& context, const findings::Report& report,
                     const Json& document);

}  // namespace lexecon::cli
