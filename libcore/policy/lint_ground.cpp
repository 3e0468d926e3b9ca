#include "policy/lint_ground.hpp"

#include <algorithm>
#include <limits>

#include "cel/parse.hpp"

namespace lexecon::policy {
namespace {

constexpr Timestamp never{std::numeric_limits<std::int64_t>::max()};

Timestamp begin_of(const Document& document) {
  return document.effective_from.value_or(Timestamp{});
}
/// What loaded compiles: the set has done it before.
cel::Program compiled(const PlacedText& text, const cel::Names& names) {
  auto ast = cel::parse(text.text);
  return std::get<cel::Program>(
      cel::compile(std::move(std::get<cel::Ast>(ast)), names, cel::Mode::strict));
}

Conditional conditional(const Stated& stated, const cel::Names& names) {
  Conditional out;
  out.stated = stated;
  for (const auto& text : stated.relation->when) out.when.push_back(compiled(text, names));
  if (stated.relation->met_when) out.met_when = compiled(*stated.relation->met_when, names);
  return out;
}

Timestamp end_of(const Document& document) { return document.effective_until.value_or(never); }

}  // namespace

PatternId Reach::intern(std::string_view pattern) {
  has_any_ = has_any_ || pattern == "*";
  const auto id = patterns_.intern(pattern);
  ids_.emplace(pattern, id);
  return id;
}

std::vector<PatternId> Reach::above(std::string_view pattern) const {
  std::vector<PatternId> out{any_pattern};
  if (pattern == "*") return out;
  if (is_pattern(pattern)) {
    // Behind the prefix a byte that no id has: hit by every prefix up to this one, and nothing else.
    patterns_.append_hits(std::string(pattern.substr(0, pattern.size() - 1)) + '\x01', out);
  } else {
    for (const auto name : terms_->with_groups(pattern, every_file())) {
      patterns_.append_hits(name, out);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool Reach::hits(std::string_view term) const { return has_any_ || above(term).size() > 1; }

FilesInForce every_file() { return FilesInForce().set(); }

Ground ground_of(std::span<const SourceFile> files, std::vector<json::Node> roots,
                 std::vector<Document> documents, const Graph& graph, const LintFacts& facts) {
  Ground out;
  out.files = files;
  out.roots = std::move(roots);
  out.documents = std::move(documents);
  out.graph = &graph;
  out.facts = facts;
  for (std::uint16_t file = 0; file < out.documents.size(); ++file) {
    for (const auto& relation : out.documents[file].relations) {
      out.relations.push_back({&relation, file});
      if (relation.when.empty() && !relation.met_when) continue;
      out.conditional.push_back(conditional(out.relations.back(), graph.names[file]));
    }
    for (const auto& term : out.documents[file].terms) {
      out.terms[term.id.text].push_back({&term, file});
    }
  }
  return out;
}

Finding finding_at(const Ground& ground, std::uint16_t file, const json::Mark& mark,
                   std::string message, std::string hint) {
  Finding out;
  out.message = std::move(message);
  out.hint = std::move(hint);
  out.file = ground.documents[file].file;
  out.line = mark.line;
  out.column = mark.column;
  return out;
}

Finding finding_at(const Ground& ground, const Stated& stated, std::string message,
                   std::string hint) {
  return finding_at(ground, stated.file, stated.relation->mark, std::move(message),
                    std::move(hint));
}

std::string name_of(const RelationDeclaration& relation) {
  const auto type = std::string(to_string(relation.type));
  if (!relation.id.empty()) return type + " `" + relation.id + "`";
  return type + " `" + relation.subject + " " + relation.action +
         (relation.object ? " " + *relation.object : "") + "`";
}

std::string_view object_of(const RelationDeclaration& relation) {
  return relation.object ? std::string_view(*relation.object) : "*";
}

bool is_unconditional(const RelationDeclaration& relation) {
  return conditions_of(relation).empty();
}

std::string conditions_of(const RelationDeclaration& relation) {
  std::string out;
  for (const auto& condition : relation.when) out += condition.text + '\n';
  return out;
}

bool in_force_throughout(const Document& outer, const Document& inner) {
  return begin_of(outer) <= begin_of(inner) && end_of(inner) <= end_of(outer);
}

bool in_force_together(const Document& a, const Document& b) {
  return begin_of(a) < end_of(b) && begin_of(b) < end_of(a);
}

}  // namespace lexecon::policy
