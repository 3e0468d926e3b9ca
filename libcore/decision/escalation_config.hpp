// How long an escalation may wait and who answers it: `escalations` of node.yaml.
//
// Shapes   sla and approval_ttl are spans of 1m to 365d, 1mo to 12mo or 1y; a more urgent priority
//          never has the longer one. A path matches by level and action, the first one wins
// Errors   Error{bad_input} with file:line:col
// Source   lexecon-node(5), Escalations
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "json/node.hpp"
#include "risk/model.hpp"

namespace lexecon::decision {

enum class Priority : std::uint8_t { low, medium, high, critical };
inline constexpr std::size_t priority_count = 4;
[[nodiscard]] std::string_view to_string(Priority priority);
[[nodiscard]] std::optional<Priority> priority_from(std::string_view text);

/// A role that may answer, the lower one first.
enum class Answerer : std::uint8_t { compliance_officer, admin };
[[nodiscard]] std::string_view to_string(Answerer role);

struct EscalationPath {
  std::optional<risk::Level> level;  // nothing: any
  std::vector<std::string> actions;  // patterns; empty: any
  std::vector<Answerer> roles{Answerer::compliance_officer, Answerer::admin};  // ascending
};

inline constexpr std::int64_t micros_per_hour = 3'600'000'000;

struct EscalationConfig {
  std::array<Span, priority_count> sla{{{0, 72 * micros_per_hour},
                                        {0, 24 * micros_per_hour},
                                        {0, 8 * micros_per_hour},
                                        {0, 2 * micros_per_hour}}};
  Span approval_life{0, 24 * micros_per_hour};
  std::vector<EscalationPath> paths;  // in the order of the file

  [[nodiscard]] const Span& sla_of(Priority priority) const {
    return sla.at(static_cast<std::size_t>(priority));
  }
};

/// Whether the span is one that may stand there.
[[nodiscard]] bool is_waiting_time(const Span& span);
/// Whether `shorter` ends no later than `longer`, whenever both begin.
[[nodiscard]] bool never_longer(const Span& shorter, const Span& longer);

[[nodiscard]] EscalationConfig read_escalations(const json::Node& node, const std::string& file);

}  // namespace lexecon::decision
