#include "policy/evaluate.hpp"

#include <algorithm>

namespace lexecon::policy {
namespace {

/// The patterns that hit a term, ascending and unique, "*" first.
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

/// Steps 12 to 15 for one relation.
Finding find_out(const Relation& relation, const Circumstances& circumstances) {
  Finding out;
  out.relation = &relation;
  switch (relation.type) {
    case RelationType::permits:
      break;
    case RelationType::forbids:
      out.reason = Reason{Outcome::denied, ReasonCode::forbidden};
      break;
    case RelationType::requirement:
      out.approved_by = approvals_of(relation, circumstances);
      if (out.approved_by < relation.approvals) {
        out.reason = Reason{relation.on_unmet, unmet_code(relation.on_unmet)};
      }
      break;
  }
  return out;
}

/// Step 17.
void cover(Ruling& ruling) {
  std::vector<bool> covered(ruling.objects.size(), false);
  bool any = false;
  for (const auto& finding : ruling.findings) {
    if (finding.relation->type != RelationType::permits) continue;
    any = any || finding.hits_all;
    for (const auto object : finding.hits) covered[object] = true;
  }
  for (std::uint32_t i = 0; !any && i < covered.size(); ++i) {
    if (!covered[i]) ruling.uncovered.push_back(i);
  }
  ruling.bare = ruling.objects.empty() ? !any : !ruling.uncovered.empty();
}

}  // namespace

Ruling evaluate(const Graph& graph, const FilesInForce& in_force, const Query& query,
                const Circumstances& circumstances) {
  Ruling ruling;
  ruling.objects = objects_of(graph, in_force, query);
  const ObjectHits hits(graph, in_force, ruling.objects);
  const auto subjects = patterns_of(graph, in_force, query.actor);
  const auto actions = patterns_of(graph, in_force, query.action);
  for (const auto& entry : graph.index.find(subjects, actions, hits.patterns())) {
    const auto& relation = graph.relations[entry.relation];
    if (!in_force.test(relation.file)) continue;
    if (std::find(circumstances.lifted.begin(), circumstances.lifted.end(), relation.id) !=
        circumstances.lifted.end()) {
      ruling.lifted.push_back(&relation);
      continue;
    }
    auto finding = find_out(relation, circumstances);
    finding.hits_all = entry.object == any_pattern;
    if (!finding.hits_all) finding.hits = hits.objects(entry.object);
    ruling.findings.push_back(std::move(finding));
  }
  cover(ruling);
  return ruling;
}

}  // namespace lexecon::policy
