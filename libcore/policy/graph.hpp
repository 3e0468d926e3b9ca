// The compiled form of a set: what evaluation reads.
//
// Shapes   relations stand in canonical order: by file name, then position; verdict, matched and
//          trace follow it and nothing else
// Source   lexecon-policy(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "policy/condition.hpp"
#include "policy/document.hpp"
#include "policy/index.hpp"
#include "policy/patterns.hpp"
#include "policy/terms.hpp"

namespace lexecon::policy {

struct File {
  std::string name;
  std::string policy_id;
  Mode mode = Mode::strict;
  std::optional<Timestamp> effective_from;
  std::optional<Timestamp> effective_until;
  DeclaredContext context;
};

struct Relation {
  std::string id;
  RelationType type = RelationType::permits;
  Outcome on_unmet = Outcome::conditional;
  std::uint16_t file = 0;
  std::uint16_t approvals = 1;
  std::string subject;
  std::string action;
  std::optional<std::string> object;
  std::vector<Condition> when;  // all must hold
  std::string requirement;
  std::optional<Condition> met_when;
  std::string justification;
};

struct Graph {
  std::vector<File> files;   // by name
  Mode mode = Mode::strict;  // the strictest of all files, in force or not
  std::vector<Relation> relations;
  Terms terms;
  // These follow from what stands above.
  Patterns patterns;
  Index index;
  std::vector<cel::Names> names;  // of the conditions of each file
  bool has_conditions = false;
};

/// Makes of a graph with files, terms and relations what follows from them.
void derive(Graph& graph);
[[nodiscard]] FilesInForce files_in_force(const Graph& graph, Timestamp at);

}  // namespace lexecon::policy
