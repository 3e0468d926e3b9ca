#include "decision/nearest.hpp"

#include <algorithm>
#include <utility>

#include "decision/bindings.hpp"
#include "decision/coverage.hpp"
#include "policy/graph.hpp"

namespace lexecon::decision {
namespace {

constexpr std::size_t max_shown = 3;

using Names = std::vector<std::string_view>;

/// Whether the pattern hits one of an id and the groups that it is in.
bool hits(std::string_view pattern, const Names& names) {
  return std::any_of(names.begin(), names.end(), [pattern](std::string_view name) {
    if (!pattern.ends_with('*')) return name == pattern;
    const auto prefix = pattern.substr(0, pattern.size() - 1);
    return name.size() > prefix.size() && name.starts_with(prefix);
  });
}

/// What the parts of permits are held against.
class Comparison {
 public:
  Comparison(const Request& request, const ActiveSet& set, const Facts& facts, Timestamp at)
      : request_(request),
        graph_(set.policies.graph()),
        in_force_(policy::files_in_force(graph_, at)),
        actor_(graph_.terms.with_groups(request.actor, in_force_)),
        action_(graph_.terms.with_groups(request.action, in_force_)),
        verdict_(judge(request, &set, facts, at)),
        bindings_(bind(request, facts, at, arena_)) {
    bindings_[cel::Variable::risk] = risk::value_of(verdict_.risk, arena_);
    coverage_ = coverage(verdict_, request);
    for (const auto& each : coverage_) {
      if (!each.permits.empty()) continue;
      bare_ = true;
      if (each.object) objects_.push_back(graph_.terms.with_groups(*each.object, in_force_));
    }
  }

  [[nodiscard]] bool bare() const { return bare_; }
  [[nodiscard]] const policy::Graph& graph() const { return graph_; }
  [[nodiscard]] bool is_candidate(const policy::Relation& relation) const {
    return relation.type == policy::RelationType::permits && in_force_.test(relation.file);
  }
  [[nodiscard]] bool is_for_actor(const policy::Relation& relation) const {
    return hits(relation.subject, actor_);
  }

  [[nodiscard]] std::vector<std::string> failures(const policy::Relation& relation) {
    std::vector<std::string> out;
    if (!is_for_actor(relation)) {
      out.push_back("actor " + request_.actor + ", wanted " + relation.subject);
    }
    if (!hits(relation.action, action_)) {
      out.push_back("action " + request_.action + ", wanted " + relation.action);
    }
    const auto& object = relation.object;
    if (object && *object != "*" && std::none_of(objects_.begin(), objects_.end(), [&](auto& of) {
          return hits(*object, of);
        })) {
      out.push_back("object wanted " + *object);
    }
    add_conditions(relation, out);
    return out;
  }

 private:
  void add_conditions(const policy::Relation& relation, std::vector<std::string>& out) {
    for (const auto& condition : relation.when) {
      const auto answer = condition.ask(graph_.names[relation.file], bindings_, arena_);
      if (answer.truth == policy::Truth::yes) continue;
      out.push_back(
          "when `" + condition.source() + "`, which " +
          (answer.truth == policy::Truth::no ? "is false" : "has no value: " + answer.fault));
    }
  }

  const Request& request_;
  const policy::Graph& graph_;
  policy::FilesInForce in_force_;
  Names actor_;
  Names action_;
  Verdict verdict_;
  cel::Arena arena_;
  cel::Bindings bindings_;
  std::vector<Coverage> coverage_;  // what the names of objects_ are views of
  std::vector<Names> objects_;      // of each that is not covered
  bool bare_ = false;
};

}  // namespace

std::vector<NearPermits> nearest_permits(const Request& request, const ActiveSet& set,
                                         const Facts& facts, Timestamp at) {
  Comparison comparison(request, set, facts, at);
  std::vector<NearPermits> out;
  if (!comparison.bare()) return out;
  struct Rank {
    bool is_for_another;
    std::size_t failures;
    std::size_t position;
    auto operator<=>(const Rank&) const = default;
  };
  std::vector<std::pair<Rank, NearPermits>> ranked;
  for (std::size_t i = 0; i < comparison.graph().relations.size(); ++i) {
    const auto& relation = comparison.graph().relations[i];
    if (!comparison.is_candidate(relation)) continue;
    auto failed = comparison.failures(relation);
    const Rank rank{!comparison.is_for_actor(relation), failed.size(), i};
    ranked.push_back({rank, {relation.id, std::move(failed)}});
  }
  const auto shown = static_cast<std::ptrdiff_t>(std::min(max_shown, ranked.size()));
  std::partial_sort(ranked.begin(), ranked.begin() + shown, ranked.end(),
                    [](const auto& one, const auto& other) { return one.first < other.first; });
  for (auto each = ranked.begin(); each != ranked.begin() + shown; ++each) {
    out.push_back(std::move(each->second));
  }
  return out;
}

}  // namespace lexecon::decision
