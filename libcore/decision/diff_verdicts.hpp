// Two verdicts side by side: what tells them apart, and what else stands against a request.
#pragma once

#include <string>

#include "decision/diff.hpp"

namespace lexecon::decision {

[[nodiscard]] Said said(const Verdict& verdict);
/// -1 for a laxer outcome, 1 for a stricter one.
[[nodiscard]] int direction(const Said& was, const Said& now);
/// What one verdict has and the other has not, whatever else both of them hold.
[[nodiscard]] std::string cause_of(const Said& was, const Said& now);
/// How much stands against the request.
[[nodiscard]] std::size_t burden(const Said& said);

}  // namespace lexecon::decision
