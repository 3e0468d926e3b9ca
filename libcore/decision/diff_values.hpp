// The values that conditions can tell apart: for each member of a request that they read, one of each kind.
//
// Shapes   of a member the first value is that it is not there; between, below and above the numbers that
//          are named stands another one, of texts and beginnings one that is none of them, of a list every
//          choice of the elements that are looked for, and a value of another type
// Source   lexecon-policy-diff(1)
#pragma once

#include <string>
#include <vector>

#include "json/json.hpp"
#include "policy/probes.hpp"

namespace lexecon::decision {

struct DiffMember {
  std::vector<std::string> path;  // in the request; /risk stands for all of its dimensions
  std::vector<Json> values;       // a discarded one: it is not there
};

struct DiffValues {
  std::vector<DiffMember> members;    // one that holds another stands before it
  std::vector<std::string> unproved;  // paths of which these are not all kinds of values
};

/// `risk` is left out; so are terms and `now`, which have kinds of their own. `is_declared`: some file says
/// which types the members of a context have.
[[nodiscard]] DiffValues diff_values(const std::vector<policy::Probe>& probes, bool is_declared);
/// The scores at which something else begins, and 0, as one value for all dimensions; the first: none is given.
[[nodiscard]] DiffMember risk_values(const std::vector<int>& boundaries);

}  // namespace lexecon::decision
