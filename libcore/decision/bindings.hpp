// What conditions read of a request and of what the ledger says about it.
//
// Shapes   everything but `risk`; the values are views into the arguments and into the arena
// Source   lexecon-policy(5), Conditions
#pragma once

#include "base/time.hpp"
#include "cel/arena.hpp"
#include "cel/condition.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"

namespace lexecon::decision {

[[nodiscard]] cel::Bindings bind(const Request& request, const Facts& facts, Timestamp at,
                                 cel::Arena& arena);

}  // namespace lexecon::decision
