// An answer that is worked out in another process while this one only waits for it, so that there is an
// end in time whatever becomes of the work: a crash, a kill, a disk that does not come back.
//
// Shapes   hosts of tools run a tool unless its hook ends with 0 and an answer, or with 2
// Errors   what the work threw; Error{internal} when its process ended without an answer
// Source   lexecon-hook(7), Endings
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "exit_code.hpp"

namespace lexecon::cli {

/// How every failure ends for a host: the code that it takes for "the tool must not run".
inline constexpr auto tool_blocked = ExitCode::undecided;

/// From here on the deadline, and every signal that can be caught, end the program with tool_blocked
/// and a line on stderr; a reader that goes away is an error of writing.
void end_in_time(std::chrono::seconds deadline);
/// What `work` gives. It runs in a child process, which dies with this one.
[[nodiscard]] std::string supervised(const std::function<std::string()>& work);
/// Ends with tool_blocked, for where nothing can be thrown or caught.
[[noreturn]] void end_blocked() noexcept;

}  // namespace lexecon::cli
