// What the commands share by which people answer a decision.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "context.hpp"
#include "service/answers.hpp"

namespace lexecon::cli {

/// --note, --note-file, --ttl, --as and --sign-with, after the options of the command itself.
[[nodiscard]] std::vector<Option> with_answer(std::vector<Option> own);
[[nodiscard]] service::Said said_from(const Arguments& given, Context& context);
/// What was answered and what the judge says now, for people.
[[nodiscard]] std::string answer_text(const Json& document);

}  // namespace lexecon::cli
