// `hook run claude-code` and `hook run json`: a tool call on standard input, decided and answered.
//
// Errors   any Error; main.cpp ends with tool_blocked for all of them
// Source   lexecon-hook(7)
#pragma once

#include <span>
#include <string_view>

#include "command.hpp"
#include "context.hpp"

namespace lexecon::cli {

/// The hooks whose host runs the tool unless told otherwise.
[[nodiscard]] bool is_tool_host(std::string_view hook);
/// Whether the arguments as they came are a call by such a host, right or wrong: `hook run` and its name.
[[nodiscard]] bool calls_tool_hook(std::span<char* const> arguments) noexcept;
[[nodiscard]] ExitCode run_tool_hook(const Arguments& given, Context& context);

}  // namespace lexecon::cli
