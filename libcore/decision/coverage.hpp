// Which permits covers what of a request, as a verdict found it.
//
// Source   lexecon-policy(5), The algorithm: every object needs some permits
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "decision/judge.hpp"

namespace lexecon::decision {

struct Coverage {
  std::optional<std::string> object;  // nothing stands for a request without objects
  std::vector<std::string> permits;  // relations that cover it, in canonical order; none: uncovered
  std::vector<std::string> tried;    // those that would if their conditions had a value
};

/// The resource first, then the data classes ascending, contained ones among them. Nothing of a
/// verdict for which no relation was looked at.
[[nodiscard]] std::vector<Coverage> coverage(const Verdict& verdict, const Request& request);

}  // namespace lexecon::decision
