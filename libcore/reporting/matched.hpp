// The relations that decisions name as what decided them.
//
// Source   lexecon-ledger(5), DECISION
#pragma once

#include <functional>
#include <string_view>

#include "reporting/section.hpp"

namespace lexecon::reporting {

/// Of a decision: the ids of its first 32.
void each_matched(const Seen& seen, const std::function<void(std::string_view relation)>& visit);

}  // namespace lexecon::reporting
