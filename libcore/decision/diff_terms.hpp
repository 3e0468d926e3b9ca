// The actors, actions and objects that two sets can tell apart: one of each kind.
//
// Shapes   two ids are of one kind when the same patterns of both sets hit them, and, where a condition reads
//          the id itself, only when they are the same; several objects are judged as each of them alone, so
//          that no request needs more than one besides those that conditions name
// Source   lexecon-policy(5), Terms and matching
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "decision/active_set.hpp"
#include "policy/evaluate.hpp"
#include "policy/probes.hpp"

namespace lexecon::decision {

struct Objects {
  std::optional<std::string> resource;
  std::vector<std::string> data_classes;  // ascending, unique
};

struct DiffTerms {
  std::vector<std::string> actors;
  std::vector<std::string> actions;
  std::vector<Objects> objects;
  bool is_complete = true;  // conditions name more data classes than are put together
};

/// A set at a time.
struct InForce {
  const policy::Graph* graph = nullptr;
  policy::FilesInForce files;
};

/// `probes` are those of every condition of both sets.
[[nodiscard]] DiffTerms diff_terms(const InForce& was, const InForce& now,
                                   const std::vector<policy::Probe>& probes);

}  // namespace lexecon::decision
