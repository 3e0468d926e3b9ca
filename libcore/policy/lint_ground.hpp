// What the rules of lint look at: the files of a set that loads, and what stands where in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cel/program.hpp"
#include "findings/report.hpp"
#include "policy/document.hpp"
#include "policy/graph.hpp"
#include "policy/lint.hpp"
#include "policy/patterns.hpp"

namespace lexecon::policy {

using findings::Finding;
using Findings = std::vector<Finding>;

/// A relation and the number of its file.
struct Stated {
  const RelationDeclaration* relation = nullptr;
  std::uint16_t file = 0;
};

/// The conditions of one relation, compiled once for all rules.
struct Conditional {
  Stated stated;
  std::vector<cel::Program> when;
  std::optional<cel::Program> met_when;
};

struct Declared {
  const TermDeclaration* term = nullptr;
  std::uint16_t file = 0;
};

/// The patterns of one kind, subjects, actions or objects, and which of them reach what.
class Reach {
 public:
  explicit Reach(const Terms& terms) : terms_(&terms) {}

  PatternId intern(std::string_view pattern);
  /// Of a pattern that was interned.
  [[nodiscard]] PatternId id(std::string_view pattern) const { return ids_.find(pattern)->second; }
  /// The interned patterns that hit whatever `pattern` hits, `*` among them; ascending and unique.
  [[nodiscard]] std::vector<PatternId> above(std::string_view pattern) const;
  /// Whether an interned pattern hits the term, by itself or through a group.
  [[nodiscard]] bool hits(std::string_view term) const;

 private:
  const Terms* terms_;
  Patterns patterns_;
  TextMap<PatternId> ids_;
  bool has_any_ = false;
};

struct Ground {
  std::span<const SourceFile> files;  // by name
  std::vector<json::Node> roots;
  std::vector<Document> documents;
  const Graph* graph = nullptr;
  LintFacts facts;
  std::vector<Stated> relations;         // in canonical order
  std::vector<Conditional> conditional;  // those of them with conditions
  TextMap<std::vector<Declared>> terms;
};

[[nodiscard]] FilesInForce every_file();
[[nodiscard]] Ground ground_of(std::span<const SourceFile> files, std::vector<json::Node> roots,
                               std::vector<Document> documents, const Graph& graph,
                               const LintFacts& facts);

/// Without the id and severity of its rule, which lint() gives.
[[nodiscard]] Finding finding_at(const Ground& ground, std::uint16_t file, const json::Mark& mark,
                                 std::string message, std::string hint = {});
[[nodiscard]] Finding finding_at(const Ground& ground, const Stated& stated, std::string message,
                                 std::string hint = {});
/// "permits `id`", or what it is about where it has no id.
[[nodiscard]] std::string name_of(const RelationDeclaration& relation);
[[nodiscard]] std::string_view object_of(const RelationDeclaration& relation);
[[nodiscard]] bool is_unconditional(const RelationDeclaration& relation);
/// Its conditions as one text, for comparing.
[[nodiscard]] std::string conditions_of(const RelationDeclaration& relation);
[[nodiscard]] inline bool is_pattern(std::string_view id) { return id.ends_with('*'); }

/// Whether `outer` is in force whenever `inner` is.
[[nodiscard]] bool in_force_throughout(const Document& outer, const Document& inner);
[[nodiscard]] bool in_force_together(const Document& a, const Document& b);

}  // namespace lexecon::policy
