// Escalations for people: a row of a list, what was recorded, and the one screen to answer from.
//
// Units    a screen has at most 40 lines of 100 columns; what is longer ends in an ellipsis
// Source   lexecon-escalation-show(1)
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/fwd.hpp"

namespace lexecon::cli {

/// "2d 3h", "59m", "12s": the two largest units.
[[nodiscard]] std::string duration(std::int64_t seconds);
/// A table of documents lexecon.escalation/1.
[[nodiscard]] std::string escalation_table(const Json& escalations);
/// Of lexecon.escalation_change/1.
[[nodiscard]] std::string escalation_change_text(const Json& document);
/// Of lexecon.escalation_case/1.
[[nodiscard]] std::string escalation_screen(const Json& document);

}  // namespace lexecon::cli
