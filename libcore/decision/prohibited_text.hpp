// What takes the place of a prohibited text that was taken out of a request.
//
// Source   lexecon-node(5), Prohibited content
#pragma once

#include <string>

#include "decision/prohibited.hpp"

namespace lexecon::decision {

/// `[prohibited KIND]`, which prohibited_in() finds again.
[[nodiscard]] std::string marker_of(Prohibited kind);

}  // namespace lexecon::decision
