// Failures and problems in words, with their place.
//
// Units    lines and columns count from 1, columns in bytes
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cel/program.hpp"

namespace lexecon::cel {

/// What failed and where, in one line.
[[nodiscard]] Problem describe(const Program& program, const Failure& failure);

struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};
[[nodiscard]] Place place_of(std::string_view source, std::uint32_t at);
/// The line of the source, or as much of it as fits, and below it a caret; no newline at the end.
[[nodiscard]] std::string caret(std::string_view source, std::uint32_t at);
/// Error{bad_input}, where = "<name>:<line>:<column>", without a name "<line>:<column>".
[[nodiscard]] Error to_error(std::string_view source, const Problem& problem,
                             const std::string& name = {});

}  // namespace lexecon::cel
