// Values that fields of a request could have instead: what the terms, patterns and conditions of a set
// speak of.
//
// Shapes   fields are JSON pointers: /action, /resource, /tool, /context/<key>; shortest value first.
//          Never the actor, data classes or anything that a requester asserts about risk; no context key
//          that is called after a risk or an approval; of one that a met_when reads nothing but numbers
// Source   lexecon-policy-explain(1)
#pragma once

#include <string>
#include <vector>

#include "decision/active_set.hpp"
#include "decision/request.hpp"
#include "json/json.hpp"

namespace lexecon::decision {

struct Candidate {
  std::string field;
  Json value;
  std::size_t length = 0;  // of the value as JSON
};

[[nodiscard]] std::vector<Candidate> candidates(const Request& request, const ActiveSet& set,
                                                Timestamp at);

}  // namespace lexecon::decision
