// The sentence of a verdict: ids and codes only, so that it may stand in an entry for ever.
//
// Units    at most three relations, three objects and three requirements are named, then a count
#pragma once

#include <string>

#include "decision/judge.hpp"
#include "policy/evaluate.hpp"

namespace lexecon::decision {

/// Whether this relation gave the verdict its outcome and reason.
[[nodiscard]] bool decides(const policy::Finding& finding, const Verdict& verdict);
/// `ruling` is nullptr when no relation was looked at.
[[nodiscard]] std::string reasoning(const Verdict& verdict, const policy::Ruling* ruling);

}  // namespace lexecon::decision
