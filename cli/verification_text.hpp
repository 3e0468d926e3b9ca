// What the commands that verify a log say in the same words.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "context.hpp"
#include "ledger/verify.hpp"
#include "progress.hpp"

namespace lexecon::cli {

/// --key, --against and --witnesses, as far as they are given, and where progress is shown.
[[nodiscard]] ledger::VerifyOptions verify_options(const Arguments& given, Context& context,
                                                   Progress& progress);
/// How far nothing is missing, and by whose word; without a line feed.
[[nodiscard]] std::string completeness(const Json& document);
/// The table of checks, and below it two notes that cannot both be of one history.
[[nodiscard]] std::string checks_text(const Json& document);
/// All that was found in a package.
[[nodiscard]] std::string package_text(const Json& document);

}  // namespace lexecon::cli
