// The options that describe a request, and the request they give.
//
// Errors   Error{usage} for options that do not go together; Error{bad_input} from the request itself
// Source   lexecon-decide(1)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "context.hpp"
#include "decision/request.hpp"

namespace lexecon::cli {

/// --actor … --idempotency-key and --request, after the options of the command itself.
[[nodiscard]] std::vector<Option> with_request(std::vector<Option> own);
/// From the options, a file, or, on a terminal, what is asked for.
[[nodiscard]] decision::Request request_from(const Arguments& given, Context& context);
/// From a file, or - for standard input.
[[nodiscard]] decision::Request request_in(const std::string& file, Context& context);
/// From a document, with the trace id of the environment when it has none.
[[nodiscard]] decision::Request request_of(Json document);
/// Whether an id looks like a person's address: ids stand in the ledger for ever, as pseudonyms.
[[nodiscard]] bool looks_like_an_address(const decision::Request& request);
/// Error{usage} when an option that describes a request was given beside `option`.
void require_alone(const Arguments& given, const std::string& option);
/// The trace id of a W3C traceparent; nothing when it is none.
[[nodiscard]] std::optional<std::string> trace_id_of(std::string_view traceparent);
/// A span of whole seconds, as in 5m; Error{usage}.
[[nodiscard]] std::optional<std::int64_t> seconds_option(const Arguments& given,
                                                         std::string_view name);

}  // namespace lexecon::cli
