// Steps 5 and 7 to 17 of the algorithm: which relations reach a request, and what they say of it.
//
// Shapes   objects: the resource, then the data classes ascending, contained ones among them
// Units    grows with what the request hits, not with the set
// Source   lexecon-policy(5), The algorithm
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "policy/graph.hpp"
#include "policy/ruling.hpp"

namespace lexecon::policy {

/// Terms with their long prefix; data classes ascending and unique; `bindings` for conditions.
struct Query {
  std::string_view actor;
  std::string_view action;
  std::optional<std::string_view> resource;
  std::span<const std::string> data_classes;
  const cel::Bindings& bindings;
};

/// What the ledger says of this request, as far as relations depend on it.
struct Circumstances {
  struct Approved {
    std::string_view requirement;
    std::size_t operators = 0;  // different ones
  };
  std::span<const Approved> approvals;
  std::span<const std::string_view> lifted;  // relations that unexpired exceptions name
};

/// A relation that reached the request, and the reason that it adds.
struct Finding {
  const Relation* relation = nullptr;
  bool hits_all = false;
  std::vector<std::uint32_t> hits;  // positions in Ruling::objects; empty when hits_all
  std::optional<Reason> reason;
  std::size_t approved_by = 0;  // requires: different operators so far
  std::string fault;            // why a condition has no value

  /// A permits with a fault permits nothing, and did not match.
  [[nodiscard]] bool matched() const {
    return fault.empty() || relation->type != RelationType::permits;
  }
};

/// Its views live as long as the query and the graph.
struct Ruling {
  std::vector<std::string_view> objects;
  std::vector<Finding> findings;         // in canonical order
  std::vector<const Relation*> lifted;   // skipped because of an exception
  std::vector<const Relation*> skipped;  // because a condition is false
  std::vector<std::uint32_t> uncovered;
  bool bare = true;    // some object, or a request without any, that no permits covers
  bool tried = false;  // what is bare would be covered if some permits had no fault
};

/// A relation that reaches a request as far as terms go, whatever its conditions say.
struct Reached {
  const Relation* relation = nullptr;
  bool hits_all = false;
  std::vector<std::uint32_t> hits;  // positions in Reachable::objects; empty when hits_all
};
/// Its views live as long as the query and the graph.
struct Reachable {
  std::vector<std::string_view> objects;
  std::vector<Reached> relations;  // in canonical order
};

/// Steps 7 to 9 alone.
[[nodiscard]] Reachable reach(const Graph& graph, const FilesInForce& in_force, const Query& query);

/// The patterns that hit a term, itself or through its groups; ascending and unique, "*" first.
[[nodiscard]] std::vector<PatternId> patterns_of(const Graph& graph, const FilesInForce& in_force,
                                                 std::string_view id);

[[nodiscard]] Ruling evaluate(const Graph& graph, const FilesInForce& in_force, const Query& query,
                              const Circumstances& circumstances);

}  // namespace lexecon::policy
