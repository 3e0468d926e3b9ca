// What the commands have in common by which people state something about what is asked.
//
// Errors   Error{usage} for what is missing, or no day, or no RULEBOOK:ITEM
// Source   lexecon-compliance-declare(1)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "compliance/statements.hpp"
#include "context.hpp"

namespace lexecon::cli {

/// ITEM, which is RULEBOOK:ITEM.
[[nodiscard]] Positional item_positional();
/// --system before the options of the command itself; after them TEXT, TEXT-file, --as and --sign-with.
[[nodiscard]] std::vector<Option> statement_options(const std::vector<Option>& own,
                                                    const Option& text, const Option& text_file);

/// Of that sort, about the item and the system that were named.
[[nodiscard]] compliance::Statement statement_from(const Arguments& given,
                                                   compliance::StatementSort sort);
/// A day; nothing where it was not given.
[[nodiscard]] std::optional<Date> day_option(const Arguments& given, std::string_view name);
[[nodiscard]] Date required_day(const Arguments& given, std::string_view name);
[[nodiscard]] std::string required_text(const Arguments& given, std::string_view name);
/// Records it with the text of exactly one of `text` and `text`-file, as who is named signs, and prints it.
[[nodiscard]] ExitCode state(const Arguments& given, Context& context, compliance::Statement said,
                             const std::string& text);

}  // namespace lexecon::cli
