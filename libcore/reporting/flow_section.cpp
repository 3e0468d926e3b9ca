#include <algorithm>
#include <map>

#include "policy/graph.hpp"
#include "reporting/facts.hpp"
#include "reporting/matched.hpp"
#include "reporting/sections.hpp"
#include "reporting/set_in_force.hpp"

namespace lexecon::reporting {
namespace {

using namespace std::string_view_literals;
using compliance::EvidenceSet;

constexpr std::size_t most_observed = 24;

/// From whom by what to what.
struct Edge {
  std::string from;
  std::string action;
  std::string to;
  friend auto operator<=>(const Edge&, const Edge&) = default;
};

/// "resource:env:production/shop" is one of "resource:env:production/*".
std::string kind_of(std::string_view resource) {
  if (resource.empty()) return "no resource";
  const auto end = resource.find_last_of(":/");
  return end == std::string_view::npos ? std::string(resource)
                                       : std::string(resource.substr(0, end + 1)) + "*";
}

class DataFlow final : public Section {
 public:
  void see(const Seen& seen) override {
    if (!seen.in_period || !seen.selected || seen.entry.event_type != "decision"sv) return;
    bool names_relation = false;
    each_matched(seen, [&](std::string_view relation) {
      by_relation_.add(relation, seen);
      names_relation = true;
    });
    if (names_relation) return;
    const Edge edge{std::string(text_of(seen, "actor")), std::string(text_of(seen, "action")),
                    kind_of(text_of(seen, "resource"))};
    auto at = observed_.find(edge);
    if (at == observed_.end()) at = observed_.try_emplace(edge).first;
    at->second.add(seen.entry.seq, seen.entry.timestamp, seen.hash);
  }

  [[nodiscard]] Json tell(const Ground& ground, Book& book) override {
    auto section = new_section("data-flow", "Where data may go, and where it was asked to go");
    section["text"].push_back(
        "Drawn from the relations of the set in force that permit something, and from the requests "
        "of the period. "
        "A line that is only drawn was permitted and never asked for; one that is only seen was "
        "asked for, and no "
        "relation decided it. Data that moved without a request is not here.");
    const auto set = set_in_force(ground);
    nodes_.clear();
    edges_ = Json::array();
    if (set) {
      add_declared(set->set.policies.graph(), book);
      section["table"] = others(set->set.policies.graph(), book);
    }
    add_observed(section, book);
    auto nodes = Json::array();
    for (const auto& [id, node] : nodes_) nodes.push_back(node);
    section["figure"] = {{"type", "flow"},
                         {"title", "Data flow"},
                         {"nodes", std::move(nodes)},
                         {"edges", std::move(edges_)}};
    return section;
  }

 private:
  void add_node(const std::string& id, int column, bool declared, bool observed) {
    auto& node = nodes_[{column, id}];
    if (node.is_null()) {
      node = {{"id", std::to_string(column) + ":" + id},
              {"label", id},
              {"column", column},
              {"declared", false},
              {"observed", false}};
    }
    if (declared) node["declared"] = true;
    if (observed) node["observed"] = true;
  }

  void add_edge(const Edge& edge, bool declared, const EvidenceSet& set, Book& book) {
    const bool observed = set.count > 0;
    add_node(edge.from, 0, declared, observed);
    add_node(edge.to, 1, declared, observed);
    edges_.push_back(
        {{"from", "0:" + edge.from},
         {"to", "1:" + edge.to},
         {"label", edge.action},
         {"declared", declared},
         {"observed", set.count},
         {"evidence", observed ? Json(book.add(set, "requests of " + edge.from + " for " +
                                                        edge.action + " on " + edge.to))
                               : Json()}});
  }

  void add_declared(const policy::Graph& graph, Book& book) {
    for (const auto& relation : graph.relations) {
      if (relation.type != policy::RelationType::permits) continue;
      add_edge({relation.subject, relation.action, relation.object.value_or("*")}, true,
               by_relation_.take(relation.id), book);
    }
  }

  /// What decided without permitting.
  Json others(const policy::Graph& graph, Book& book) {
    auto table = new_table({"relation", "it", "from", "action", "to"});
    for (const auto& relation : graph.relations) {
      if (relation.type == policy::RelationType::permits) continue;
      const auto set = by_relation_.take(relation.id);
      add_row(table,
              {relation.id, std::string(policy::to_string(relation.type)), relation.subject,
               relation.action, relation.object.value_or("*")},
              set, "decisions by " + relation.id, book);
    }
    return table;
  }

  void add_observed(Json& section, Book& book) {
    std::vector<std::pair<Edge, EvidenceSet>> seen;
    for (auto& [edge, gatherer] : observed_) seen.emplace_back(edge, gatherer.finish());
    std::stable_sort(seen.begin(), seen.end(), [](const auto& left, const auto& right) {
      return left.second.count > right.second.count;
    });
    if (seen.size() > most_observed) {
      section["text"].push_back(std::to_string(seen.size() - most_observed) +
                                " more sorts of requests that no relation decided are not drawn.");
      seen.resize(most_observed);
    }
    for (const auto& [edge, set] : seen) add_edge(edge, false, set, book);
  }

  Tally by_relation_;
  std::map<Edge, compliance::EvidenceGatherer> observed_;
  std::map<std::pair<int, std::string>, Json> nodes_;
  Json edges_;
};

}  // namespace

std::unique_ptr<Section> data_flow() { return std::make_unique<DataFlow>(); }

}  // namespace lexecon::reporting
