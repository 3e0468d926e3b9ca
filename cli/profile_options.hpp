// What there is to say of a system, as options and as questions at a terminal.
//
// Errors   Error{usage} for a value that no profile takes, with the option for `where`
// Source   lexecon-compliance-profile-set(1)
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "json/fwd.hpp"
#include "service/profiles.hpp"

namespace lexecon::cli {

/// What was said, by the option that says it: nothing, a text, or a list in any order.
using Answers = std::map<std::string, std::vector<std::string>, std::less<>>;

/// One for each member of a profile, and for what is sealed beside it; in the order in which they are asked.
[[nodiscard]] std::vector<Option> profile_options();
[[nodiscard]] Answers answers_in(const Arguments& given);
/// Of one lexecon.profile/1.
[[nodiscard]] Answers answers_of(const Json& document);
/// Asks for each that applies; what is known stands there until another answer is typed. Error{usage} where nobody
/// sits at a terminal, or who sat there left.
[[nodiscard]] Answers ask_for(const Answers& known);
[[nodiscard]] service::NewProfile profile_from(const std::string& system, const Answers& answers);

}  // namespace lexecon::cli
