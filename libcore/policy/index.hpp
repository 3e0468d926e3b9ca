// Finds the relations whose subject, action and object a request hits, without looking at others.
//
// Shapes   entries sorted by (subject, action, object, relation); those of a subject are found by hash,
//          among them those of an action, and of an object, by halving
// Units    about one probe for each pattern that the actor hits, and where it has many relations one
//          halving for each that the action hits
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "policy/patterns.hpp"

namespace lexecon::policy {

struct IndexEntry {
  PatternId subject = any_pattern;
  PatternId action = any_pattern;
  PatternId object = any_pattern;
  std::uint32_t relation = 0;
  friend auto operator<=>(const IndexEntry&, const IndexEntry&) = default;
};

class Index {
 public:
  Index() = default;
  explicit Index(std::vector<IndexEntry> entries);

  /// The relations whose three patterns stand in the three lists, each ascending and unique;
  /// relations ascend.
  [[nodiscard]] std::vector<IndexEntry> find(std::span<const PatternId> subjects,
                                             std::span<const PatternId> actions,
                                             std::span<const PatternId> objects) const;

 private:
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  using Entries = std::span<const IndexEntry>;

  [[nodiscard]] Entries entries(Range range) const;

  std::vector<IndexEntry> entries_;
  std::unordered_map<PatternId, Range> by_subject_;
};

}  // namespace lexecon::policy
