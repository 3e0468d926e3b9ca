// Several policy files as one compiled set: terms, relations, windows, modes, and the index that
// finds the relations of a request.
//
// Units    at most 256 files; evaluation does not grow with relations that do not match
// Errors   Error{bad_input} with file:line:col, of a condition the place inside it
// Source   lexecon-policy(5)
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/ruling.hpp"

namespace lexecon::policy {

struct SourceFile {
  std::string name;  // policies/<file>
  std::string_view bytes;
};

struct Graph;  // the compiled form, policy/graph.hpp

/// Immutable and cheap to move.
class Set {
 public:
  Set();
  explicit Set(std::unique_ptr<const Graph> graph);
  ~Set();
  Set(Set&&) noexcept;
  Set& operator=(Set&&) noexcept;

  [[nodiscard]] const Graph& graph() const { return *graph_; }
  /// The strictest mode of all files, in force or not.
  [[nodiscard]] Mode mode() const;

 private:
  std::unique_ptr<const Graph> graph_;
};

[[nodiscard]] Set load(std::span<const SourceFile> files);

}  // namespace lexecon::policy
