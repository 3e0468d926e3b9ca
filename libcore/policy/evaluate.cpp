#include "policy/evaluate.hpp"

#include <algorithm>

namespace lexecon::policy {
namespace {

std::vector<std::string_view> objects_of(const Graph& graph, const FilesInForce& in_force,
                                         const Query& query) {
  std::vector<std::string_view> data(query.data_classes.begin(), query.data_classes.end());
  if (query.resource) {
    const auto contained = graph.terms.contained(*query.resource, in_force);
    data.insert(data.end(), contained.begin(), contained.end());
  }
  std::sort(data.begin(), data.end());
  data.erase(std::unique(data.begin(), data.end()), data.end());
  if (query.resource) data.insert(data.begin(), *query.resource);
  return data;
}

/// Which patterns hit which objects.
class ObjectHits {
 public:
  ObjectHits(const Graph& graph, const FilesInForce& in_force,
             std::span<const std::string_view> objects) {
    for (std::uint32_t i = 0; i < objects.size(); ++i) {
      for (const auto pattern : patterns_of(graph, in_force, objects[i])) {
        if (pattern != any_pattern) hits_.push_back({pattern, i});
      }
    }
    std::sort(hits_.begin(), hits_.end());
    patterns_.push_back(any_pattern);
    for (const auto& hit : hits_) {
      if (patterns_.back() != hit.pattern) patterns_.push_back(hit.pattern);
    }
  }

  [[nodiscard]] const std::vector<PatternId>& patterns() const { return patterns_; }
  [[nodiscard]] std::vector<std::uint32_t> objects(PatternId pattern) const {
    std::vector<std::uint32_t> out;
    auto hit = std::lower_bound(hits_.begin(), hits_.end(), Hit{pattern, 0});
    for (; hit != hits_.end() && hit->pattern == pattern; ++hit) out.push_back(hit->object);
    return out;
  }

 private:
  struct Hit {
    PatternId pattern;
    std::uint32_t object;
    friend auto operator<=>(const Hit&, const Hit&) = default;
  };
  std::vector<Hit> hits_;
  std::vector<PatternId> patterns_;
};

std::size_t approvals_of(const Relation& relation, const Circumstances& circumstances) {
  for (const auto& approved : circumstances.approvals) {
    if (approved.requirement == relation.requirement) return approved.operators;
  }
  return 0;
}

ReasonCode unmet_code(Outcome on_unmet) {
  switch (on_unmet) {
    case Outcome::denied:
      return ReasonCode::requirement_denied;
    case Outcome::escalated:
      return ReasonCode::requirement_escalated;
    case Outcome::conditional:
    case Outcome::approved:
      break;
  }
  return ReasonCode::requirement_unmet;
}

/// Steps 11 to 16 for relations.
class Examination {
 public:
  Examination(const Graph& graph, const cel::Bindings& bindings, const Circumstances& circumstances)
      : graph_(graph), bindings_(bindings), circumstances_(circumstances) {}

  /// Nothing when a condition is false.
  std::optional<Finding> examine(const Relation& relation) {
    Finding out;
    out.relation = &relation;
    if (!relation.when.empty()) {
      auto answer = ask_all(relation.when, names_of(relation), bindings_, arena_);
      if (answer.truth == Truth::no) return std::nullopt;
      if (answer.truth == Truth::fault) out.fault = std::move(answer.fault);
    }
    switch (relation.type) {
      case RelationType::permits:
        break;
      case RelationType::forbids:
        out.reason = Reason{Outcome::denied, ReasonCode::forbidden};
        break;
      case RelationType::requirement:
        require(relation, out);
        break;
    }
    if (out.reason && !out.fault.empty()) out.reason->code = ReasonCode::condition_error;
    return out;
  }

 private:
  [[nodiscard]] const cel::Names& names_of(const Relation& relation) const {
    return graph_.names[relation.file];
  }

  /// Steps 14 and 15. What is at fault stays unmet, whatever is on record.
  void require(const Relation& relation, Finding& out) {
    bool met = false;
    if (relation.met_when && out.fault.empty()) {
      auto answer = relation.met_when->ask(names_of(relation), bindings_, arena_);
      met = answer.truth == Truth::yes;
      out.fault = std::move(answer.fault);
    } else if (!relation.met_when) {
      out.approved_by = approvals_of(relation, circumstances_);
      met = out.fault.empty() && relation.approvals != confirmed_only &&
            out.approved_by >= relation.approvals;
    }
    if (!met) out.reason = Reason{relation.on_unmet, unmet_code(relation.on_unmet)};
  }

  const Graph& graph_;
  const cel::Bindings& bindings_;
  const Circumstances& circumstances_;
  cel::Arena arena_;
};

/// Steps 17 and 18.
void cover(Ruling& ruling) {
  // What permits cover, and what those at fault would have covered.
  std::vector<bool> covered(ruling.objects.size(), false);
  std::vector<bool> tried = covered;
  bool any = false;
  bool tried_any = false;
  for (const auto& finding : ruling.findings) {
    if (finding.relation->type != RelationType::permits) continue;
    auto& objects = finding.fault.empty() ? covered : tried;
    auto& all = finding.fault.empty() ? any : tried_any;
    all = all || finding.hits_all;
    for (const auto object : finding.hits) objects[object] = true;
  }
  for (std::uint32_t i = 0; !any && i < covered.size(); ++i) {
    if (covered[i]) continue;
    ruling.uncovered.push_back(i);
    ruling.tried = ruling.tried || tried[i];
  }
  ruling.bare = ruling.objects.empty() ? !any : !ruling.uncovered.empty();
  ruling.tried = ruling.bare && (ruling.tried || tried_any);
}

}  // namespace

std::vector<PatternId> patterns_of(const Graph& graph, const FilesInForce& in_force,
                                   std::string_view id) {
  std::vector<PatternId> out{any_pattern};
  for (const auto name : graph.terms.with_groups(id, in_force)) {
    graph.patterns.append_hits(name, out);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Reachable reach(const Graph& graph, const FilesInForce& in_force, const Query& query) {
  Reachable out;
  out.objects = objects_of(graph, in_force, query);
  const ObjectHits hits(graph, in_force, out.objects);
  const auto subjects = patterns_of(graph, in_force, query.actor);
  const auto actions = patterns_of(graph, in_force, query.action);
  for (const auto& entry : graph.index.find(subjects, actions, hits.patterns())) {
    const auto& relation = graph.relations[entry.relation];
    if (!in_force.test(relation.file)) continue;
    const bool hits_all = entry.object == any_pattern;
    out.relations.push_back({&relation, hits_all,
                             hits_all ? std::vector<std::uint32_t>{} : hits.objects(entry.object)});
  }
  return out;
}

Ruling evaluate(const Graph& graph, const FilesInForce& in_force, const Query& query,
                const Circumstances& circumstances) {
  Ruling ruling;
  ruling.objects = objects_of(graph, in_force, query);
  const ObjectHits hits(graph, in_force, ruling.objects);
  const auto subjects = patterns_of(graph, in_force, query.actor);
  const auto actions = patterns_of(graph, in_force, query.action);
  Examination examination(graph, query.bindings, circumstances);
  for (const auto& entry : graph.index.find(subjects, actions, hits.patterns())) {
    const auto& relation = graph.relations[entry.relation];
    if (!in_force.test(relation.file)) continue;
    if (std::find(circumstances.lifted.begin(), circumstances.lifted.end(), relation.id) !=
        circumstances.lifted.end()) {
      ruling.lifted.push_back(&relation);
      continue;
    }
    auto finding = examination.examine(relation);
    if (!finding) {
      ruling.skipped.push_back(&relation);
      continue;
    }
    finding->hits_all = entry.object == any_pattern;
    if (!finding->hits_all) finding->hits = hits.objects(entry.object);
    ruling.findings.push_back(std::move(*finding));
  }
  cover(ruling);
  return ruling;
}

}  // namespace lexecon::policy
