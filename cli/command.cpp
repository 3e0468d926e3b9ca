#include "command.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace lexecon::cli {

bool Arguments::has(std::string_view name) const { return given_.find(name) != given_.end(); }

std::optional<std::string> Arguments::text(std::string_view name) const {
  const auto found = given_.find(name);
  if (found == given_.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Arguments::texts(std::string_view name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::int64_t> Arguments::integer(std::string_view name, std::int64_t low,
                                               std::int64_t high) const {
  const auto typed = text(name);
  if (!typed) return std::nullopt;
  const auto value = parse_integer(*typed);
  if (!value || *value < low || *value > high) {
    throw Error(ErrorCode::usage, "expected a whole number from " + std::to_string(low) + " to " +
                                      std::to_string(high) + " for `" + std::string(name) +
                                      "`, seen `" + *typed + "`");
  }
  return value;
}

std::span<const Option> global_options() {
  static constexpr std::array<Option, 9> options{{
      {"--node", "DIR", "The node directory (default: LEXECON_NODE, else the nearest .lexecon/)"},
      {"--json", "", "Print one JSON document, errors too"},
      {"--pointer", "PATH", "Print one value of that document, as in /checkpoint/tree_size"},
      {"--timeout", "SECONDS", "How long to wait for another writer (default: 10)"},
      {"--passphrase-file", "FILE", "Read the passphrase of an encrypted key from a file"},
      {"--passphrase-fd", "N", "Read that passphrase from an open descriptor"},
      {"--accept-clock", "", "Write although the clock is behind the last entry, and record it"},
      {"--allow-network-fs", "", "Write although locks may not hold on this file system"},
      {"--help", "", "Show this help", false, {}, "-h"},
  }};
  return options;
}

std::vector<Option> options_of(const Command& command) {
  auto options = command.options;
  for (const auto& global : global_options()) {
    const bool replaced =
        std::any_of(command.options.begin(), command.options.end(),
                    [&global](const Option& own) { return own.name == global.name; });
    if (!replaced) options.push_back(global);
  }
  return options;
}

std::vector<std::string> choices_of(std::string_view choices) {
  return choices.empty() ? std::vector<std::string>{} : split(choices, '|');
}

}  // namespace lexecon::cli
