// Rules about single relations and equal ones.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "policy/lint_rules.hpp"

namespace lexecon::policy {
namespace {

/// Names beyond so many are not compared with each other.
constexpr std::size_t max_compared = 200;

/// All that a relation says, less its id and justification, and when.
std::string meaning_of(const Ground& ground, const Stated& stated) {
  const auto& relation = *stated.relation;
  const auto& document = ground.documents[stated.file];
  std::string out;
  for (const auto part : {to_string(relation.type), std::string_view(relation.subject),
                          std::string_view(relation.action), object_of(relation),
                          std::string_view(relation.requirement)}) {
    out += std::string(part) + '\n';
  }
  out += std::to_string(relation.approvals) + " " +
         std::to_string(static_cast<int>(relation.on_unmet)) + "\n";
  out += document.effective_from ? to_text(*document.effective_from) : "";
  out += document.effective_until ? to_text(*document.effective_until) : "";
  return out + '\n' + conditions_of(relation) + (relation.met_when ? relation.met_when->text : "");
}

bool is_boundless(const RelationDeclaration& relation) {
  return relation.subject == "*" && relation.action == "*" && object_of(relation) == "*" &&
         is_unconditional(relation);
}

std::string place_of(const Ground& ground, const Stated& stated) {
  return place(ground.documents[stated.file].file, stated.relation->mark);
}

}  // namespace

Findings duplicates(const Ground& ground) {
  Findings out;
  std::unordered_map<std::string, Stated> seen;
  for (const auto& stated : ground.relations) {
    const auto [first, fresh] = seen.emplace(meaning_of(ground, stated), stated);
    if (fresh) continue;
    out.push_back(finding_at(ground, stated,
                             name_of(*stated.relation) + " says what " +
                                 name_of(*first->second.relation) + " at " +
                                 place_of(ground, first->second) + " says",
                             "remove one of them"));
  }
  return out;
}

Findings missing_justifications(const Ground& ground) {
  Findings out;
  for (const auto& stated : ground.relations) {
    if (!stated.relation->justification.empty()) continue;
    out.push_back(finding_at(ground, stated, name_of(*stated.relation) + " has no justification",
                             "say why in `justification`: an auditor will ask"));
  }
  return out;
}

Findings missing_ids(const Ground& ground) {
  Findings out;
  for (const auto& stated : ground.relations) {
    if (!stated.relation->id.empty()) continue;
    out.push_back(finding_at(ground, stated, name_of(*stated.relation) + " has no `id`",
                             "the default one changes with the relation: decisions name it"));
  }
  return out;
}

Findings boundless_permits(const Ground& ground) {
  Findings out;
  for (const auto& stated : ground.relations) {
    const auto& relation = *stated.relation;
    if (relation.type != RelationType::permits || !is_boundless(relation)) continue;
    out.push_back(finding_at(ground, stated, name_of(relation) + " permits everything to everybody",
                             "name a subject, an action or an object"));
  }
  return out;
}

Findings boundless_forbids(const Ground& ground) {
  Findings out;
  for (const auto& stated : ground.relations) {
    const auto& relation = *stated.relation;
    if (relation.type != RelationType::forbids || !is_boundless(relation)) continue;
    out.push_back(finding_at(ground, stated, name_of(relation) + " forbids everything to everybody",
                             "remove it, or name what it is about"));
  }
  return out;
}

Findings near_requirements(const Ground& ground) {
  std::map<std::string, Stated> first;
  std::vector<std::string> known;
  for (const auto& stated : ground.relations) {
    const auto& name = stated.relation->requirement;
    if (!name.empty() && first.emplace(name, stated).second) known.push_back(name);
  }
  Findings out;
  for (std::size_t i = 1; i < std::min(known.size(), max_compared); ++i) {
    const auto near = did_you_mean(known[i], std::span(known).first(i));
    if (!near) continue;
    out.push_back(
        finding_at(ground, first.at(known[i]),
                   "the requirement `" + known[i] + "` is spelt nearly like `" + *near + "`",
                   "an approval of the one does not meet the other"));
  }
  return out;
}

}  // namespace lexecon::policy
