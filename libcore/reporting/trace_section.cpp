#include <algorithm>
#include <map>

#include "compliance/rulebook.hpp"
#include "json/slices.hpp"
#include "policy/graph.hpp"
#include "reporting/cited.hpp"
#include "reporting/facts.hpp"
#include "reporting/matched.hpp"
#include "reporting/sections.hpp"
#include "reporting/set_in_force.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;
using compliance::EvidenceSet;

/// Who says for which demand that evidence is for it: the control of evidence.linked.
constexpr auto law = "eu_ai_act"sv;

class Traceability final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!counts(seen)) return;
    if (seen.entry.event_type == "evidence.linked"sv) {
      const auto control = text_of(seen, "control");
      if (control.starts_with(std::string(law) + ":")) {
        evidence_.add(control.substr(law.size() + 1), seen);
      }
    }
    if (!seen.selected || seen.entry.event_type != "decision"sv) return;
    const bool stopped = text_of(seen, "outcome") != "approved";
    each_matched(seen, [&](std::string_view relation) {
      decided_.add(relation, seen);
      if (stopped) stopped_.add(relation, seen);
    });
  }

  [[nodiscard]] Json tell(const Ground& ground, Book& book) override {
    auto section = new_section("traceability", "From an article to the decisions");
    section["text"].push_back(
        "A relation stands here under the articles that its justification names; nobody has "
        "concluded from that "
        "that it meets them. Decisions are those of the period that name the relation among the "
        "first 32 that "
        "decided, under this set or an older one with a relation of that name.");
    const auto set = set_in_force(ground);
    auto table = new_table({"provision", "relation", "it", "not approved", "evidence linked"});
    if (set) {
      for (const auto& line : lines(set->set.policies.graph())) add_line(table, line, book);
    }
    section["table"] = std::move(table);
    return section;
  }

 private:
  struct Line {
    const compliance::Demand* demand = nullptr;  // nullptr: the relation names none
    const policy::Relation* relation = nullptr;
  };

  /// By provision, then as the set has them.
  static std::vector<Line> lines(const policy::Graph& graph) {
    const auto& rulebook = compliance::rulebook(std::string(law));
    std::vector<Line> out;
    for (const auto& demand : rulebook.demands) {
      for (const auto& relation : graph.relations) {
        if (cites(relation.justification, demand.article, demand.paragraph)) {
          out.push_back({&demand, &relation});
        }
      }
    }
    for (const auto& relation : graph.relations) {
      const auto named = [&](const Line& line) { return line.relation == &relation; };
      if (std::none_of(out.begin(), out.end(), named)) out.push_back({nullptr, &relation});
    }
    return out;
  }

  void add_line(Json& table, const Line& line, Book& book) {
    const auto& decided = once(decided_, line.relation->id, all_);
    const auto& stopped = once(stopped_, line.relation->id, not_approved_);
    const auto linked =
        line.demand == nullptr ? EvidenceSet{} : once(evidence_, line.demand->id, linked_);
    add_row(
        table,
        {line.demand == nullptr ? "names no provision"
                                : "Art. " + line.demand->article + "(" + line.demand->paragraph +
                                      "), " + line.demand->id,
         line.relation->id, std::string(policy::to_string(line.relation->type)),
         std::to_string(stopped.count), line.demand == nullptr ? "" : std::to_string(linked.count)},
        decided, "decisions by " + line.relation->id, book);
  }

  /// A set that several lines name.
  static const EvidenceSet& once(Tally& tally, const std::string& label,
                                 std::map<std::string, EvidenceSet>& taken) {
    const auto at = taken.find(label);
    return at != taken.end() ? at->second : taken.emplace(label, tally.take(label)).first->second;
  }

  Tally evidence_;
  Tally decided_;
  Tally stopped_;
  std::map<std::string, EvidenceSet> all_;
  std::map<std::string, EvidenceSet> not_approved_;
  std::map<std::string, EvidenceSet> linked_;
};

}  // namespace

std::unique_ptr<Section> traceability() { return std::make_unique<Traceability>(); }

}  // namespace lexecon::reporting
