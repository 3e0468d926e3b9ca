// What requests showed of a set: the relations that matched, and which way each condition went.
//
// Shapes   relations, their conditions and the factors stand in the order of the set; a condition that
//          had no value was seen neither true nor false
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "decision/active_set.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"

namespace lexecon::decision {

struct Seen {
  bool yes = false;
  bool no = false;
};

struct RelationSeen {
  bool matched = false;
  std::vector<Seen> when;
  Seen met_when;
};

class TestCoverage {
 public:
  /// `set` must outlive it.
  explicit TestCoverage(const ActiveSet& set);

  /// Looks at one more request; the ids of all relations that matched, ascending.
  std::vector<std::string> add(const Request& request, const Facts& facts, Timestamp at);

  [[nodiscard]] const std::vector<RelationSeen>& relations() const { return relations_; }
  [[nodiscard]] const std::vector<Seen>& factors() const { return factors_; }

 private:
  const ActiveSet& set_;
  std::vector<RelationSeen> relations_;
  std::vector<Seen> factors_;
};

}  // namespace lexecon::decision
