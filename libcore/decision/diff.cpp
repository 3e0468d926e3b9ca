#include "decision/diff.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cel/reads.hpp"
#include "decision/diff_search.hpp"
#include "decision/diff_terms.hpp"
#include "policy/evaluate.hpp"

namespace lexecon::decision {
namespace {

using policy::Probe;

constexpr std::uint64_t max_regions = 4'000'000;

/// A relation by what it says once it reaches a request; two that say the same have one number.
class Contents {
 public:
  std::size_t number(const policy::Graph& graph, const policy::Relation& relation) {
    std::string text;
    const auto add = [&text](std::string_view part) {
      text += std::to_string(part.size()) + ":" + std::string(part) + ";";
    };
    add(policy::to_string(relation.type));
    add(relation.requirement);
    add(std::to_string(relation.approvals));
    add(policy::to_string(relation.on_unmet));
    add(std::to_string(relation.when.size()));
    for (const auto& condition : relation.when) add(condition.source());
    add(relation.met_when ? "met" : "");
    if (relation.met_when) add(relation.met_when->source());
    if (const auto& context = graph.files[relation.file].context) {
      for (const auto& key : *context) {
        add(key.name);
        add(cel::to_string(key.type));
      }
    } else {
      add("open");
    }
    return numbers_.try_emplace(std::move(text), numbers_.size()).first->second;
  }

 private:
  std::map<std::string, std::size_t> numbers_;
};

/// Everything that decides what one set says of a request, but what its conditions read.
struct Situation {
  bool is_in_force = false;
  std::vector<std::uint32_t> objects;
  /// What a relation says, and which objects it hits; ascending and unique.
  std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> relations;
  friend auto operator<=>(const Situation&, const Situation&) = default;
};

/// The terms themselves, and the time, as far as conditions read them.
using ReadTerms = std::vector<std::string>;

/// Which of the variables that stand for terms and time a relation's conditions read.
struct Reads {
  bool actor = false;
  bool action = false;
  bool objects = false;
  bool now = false;

  void add(const policy::Condition& condition, const cel::Names& names) {
    for (const auto& read : cel::reads_of(condition.program(names), names)) {
      const bool whole = read.name == "request" && read.key.empty();
      const auto name = read.name == "request" ? read.key : read.name;
      actor = actor || whole || name == "actor";
      action = action || whole || name == "action";
      objects = objects || whole || name == "resource" || name == "data_classes";
      now = now || name == "now";
    }
  }
};

void add_source(std::vector<Probe>& out, Probed& probed, const policy::Condition& condition,
                const cel::Names& names) {
  const auto& probes = probed.of(condition, names).probes;
  out.insert(out.end(), probes.begin(), probes.end());
}

std::vector<Probe> all_probes(const ActiveSet& set, Probed& probed) {
  std::vector<Probe> out;
  const auto& graph = set.policies.graph();
  for (const auto& relation : graph.relations) {
    const auto& names = graph.names[relation.file];
    for (const auto& condition : relation.when) add_source(out, probed, condition, names);
    if (relation.met_when) add_source(out, probed, *relation.met_when, names);
  }
  for (const auto& factor : set.risk.factors) {
    add_source(out, probed, factor.when, set.risk.names);
  }
  return out;
}

/// When windows open and close and conditions change their mind.
std::vector<Timestamp> moments(const ActiveSet& was, const ActiveSet& now,
                               const std::vector<Probe>& probes, Timestamp from) {
  std::set<Timestamp> out{from};
  const auto add = [&](std::optional<Timestamp> at) {
    if (at && *at > from) out.insert(*at);
  };
  for (const auto* const set : {&was, &now}) {
    for (const auto& file : set->policies.graph().files) {
      add(file.effective_from);
      add(file.effective_until);
    }
  }
  for (const auto& probe : probes) {
    if (probe.test != Probe::Test::moment) continue;
    const auto at = parse_time(probe.value.get_ref<const std::string&>());
    if (!at) continue;
    for (const std::int64_t step : {-1, 0, 1}) add(Timestamp{at->micros + step});
  }
  return {out.begin(), out.end()};
}

bool permits_something(const policy::Set& policies, const policy::Reachable& reached) {
  return policies.mode() == policy::Mode::permissive ||
         std::any_of(reached.relations.begin(), reached.relations.end(), [](const auto& each) {
           return each.relation->type == policy::RelationType::permits;
         });
}

class Comparison {
 public:
  Comparison(const ActiveSet& was, const ActiveSet& now) : was_(was), now_(now) {
    probes_ = all_probes(was, probed_);
    const auto more = all_probes(now, probed_);
    probes_.insert(probes_.end(), more.begin(), more.end());
  }

  Difference run(Timestamp from) {
    DiffSearch search(was_, now_, probed_);
    must_search_ = !search.same_risk() || was_.policies.mode() != now_.policies.mode();
    for (const auto at : moments(was_, now_, probes_, from)) look_at(at, search);
    return std::move(search).take();
  }

 private:
  void look_at(Timestamp at, DiffSearch& search) {
    const auto& before = was_.policies.graph();
    const auto& after = now_.policies.graph();
    was_in_force_ = policy::files_in_force(before, at);
    now_in_force_ = policy::files_in_force(after, at);
    const auto terms = diff_terms({&before, was_in_force_}, {&after, now_in_force_}, probes_);
    if (!terms.is_complete) {
      search.leave_unproved(
          {"", "data_classes", "not every combination of those that are looked for is tried"});
    }
    const auto regions = terms.actors.size() * terms.actions.size() * terms.objects.size();
    if (regions > max_regions) {
      search.leave_unproved({"", "terms", "there are more combinations than are tried"});
    }
    // Where nothing is permitted, an outcome hardly ever changes: that comes last.
    for (const bool is_hopeful : {true, false}) {
      std::uint64_t left = max_regions;
      for (const auto& actor : terms.actors) {
        for (const auto& action : terms.actions) {
          for (const auto& objects : terms.objects) {
            if (left-- == 0) return;
            look_at({actor, action, objects, at, {}, {}}, is_hopeful, search);
          }
        }
      }
    }
  }

  void look_at(Region region, bool is_hopeful, DiffSearch& search) {
    const cel::Bindings none;
    std::optional<std::string_view> resource;
    if (region.objects.resource) resource = *region.objects.resource;
    const policy::Query query{region.actor, region.action, resource, region.objects.data_classes,
                              none};
    region.was = reach(was_.policies.graph(), was_in_force_, query);
    region.now = reach(now_.policies.graph(), now_in_force_, query);
    if (is_hopeful != (permits_something(was_.policies, region.was) ||
                       permits_something(now_.policies, region.now))) {
      return;
    }
    std::vector<std::string_view> objects = region.was.objects;
    objects.insert(objects.end(), region.now.objects.begin(), region.now.objects.end());
    std::sort(objects.begin(), objects.end());
    objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
    auto before = situation(was_.policies.graph(), was_in_force_.any(), region.was, objects);
    auto after = situation(now_.policies.graph(), now_in_force_.any(), region.now, objects);
    if (before == after && !must_search_) return;
    auto key = std::tuple(std::move(before), std::move(after), read_by(region));
    if (seen_.insert(std::move(key)).second) search.search(region);
  }

  Situation situation(const policy::Graph& graph, bool is_in_force, const policy::Reachable& reach,
                      const std::vector<std::string_view>& objects) {
    const auto number = [&](std::string_view object) {
      return static_cast<std::uint32_t>(std::lower_bound(objects.begin(), objects.end(), object) -
                                        objects.begin());
    };
    Situation out{is_in_force, {}, {}};
    for (const auto object : reach.objects) out.objects.push_back(number(object));
    for (const auto& [relation, hits_all, hits] : reach.relations) {
      std::vector<std::uint32_t> hit;
      for (const auto each : hits) hit.push_back(number(reach.objects[each]));
      std::sort(hit.begin(), hit.end());
      out.relations.emplace_back(contents_.number(graph, *relation), std::move(hit));
    }
    std::sort(out.objects.begin(), out.objects.end());
    std::sort(out.relations.begin(), out.relations.end());
    out.relations.erase(std::unique(out.relations.begin(), out.relations.end()),
                        out.relations.end());
    return out;
  }

  /// What conditions of the region read of its terms and its time.
  ReadTerms read_by(const Region& region) const {
    Reads reads;
    for (const auto* const side : {&was_, &now_}) {
      const auto& graph = side->policies.graph();
      for (const auto& reached : (side == &was_ ? region.was : region.now).relations) {
        const auto& names = graph.names[reached.relation->file];
        for (const auto& condition : reached.relation->when) reads.add(condition, names);
        if (reached.relation->met_when) reads.add(*reached.relation->met_when, names);
      }
      for (const auto& factor : side->risk.factors) reads.add(factor.when, side->risk.names);
    }
    ReadTerms out;
    if (reads.actor) out.push_back(region.actor);
    if (reads.action) out.push_back(region.action);
    if (reads.now) out.push_back(to_text(region.at));
    if (!reads.objects) return out;
    out.push_back(region.objects.resource.value_or(""));
    out.insert(out.end(), region.objects.data_classes.begin(), region.objects.data_classes.end());
    return out;
  }

  const ActiveSet& was_;
  const ActiveSet& now_;
  Probed probed_;
  Contents contents_;
  std::vector<Probe> probes_;  // of all conditions
  policy::FilesInForce was_in_force_;
  policy::FilesInForce now_in_force_;
  bool must_search_ = false;  // what is the same on both sides may be judged differently
  std::set<std::tuple<Situation, Situation, ReadTerms>> seen_;
};

}  // namespace

Difference difference(const ActiveSet& was, const ActiveSet& now, Timestamp from) {
  return Comparison(was, now).run(from);
}

}  // namespace lexecon::decision
