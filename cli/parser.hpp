// The tokens of one command -> what was typed, by name. The one user of CLI11.
//
// Shapes   a single-valued option stands at most once; a repeatable one takes one value each time;
//          no abbreviations; values stay text
// Errors   Error{usage}, with "did you mean" for options and choices
#pragma once

#include <span>
#include <string>

#include "command.hpp"

namespace lexecon::cli {

[[nodiscard]] Arguments parse(const Command& command, std::span<const std::string> tokens);

}  // namespace lexecon::cli
