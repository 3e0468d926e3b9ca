// First spellings and documented order of the keys of a policy file.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>

#include "policy/layout.hpp"
#include "policy/term.hpp"

namespace lexecon::policy {
namespace {

using Kind = json::Node::Kind;

constexpr std::array<std::string_view, 16> file_keys{"policy_id",
                                                     "name",
                                                     "description",
                                                     "version",
                                                     "mode",
                                                     "effective_from",
                                                     "effective_until",
                                                     "metadata",
                                                     "audit_requirements",
                                                     "model_governance",
                                                     "security_controls",
                                                     "compliance_frameworks",
                                                     "context",
                                                     "terms",
                                                     "relations",
                                                     "constraints"};
constexpr std::array<std::string_view, 6> term_keys{"id",        "type",  "name",
                                                    "member_of", "owner", "contains"};
constexpr std::array<std::string_view, 13> relation_keys{
    "id",          "type",      "subject",  "action",   "object",        "when",    "conditions",
    "requirement", "approvals", "met_when", "on_unmet", "justification", "metadata"};
constexpr std::array<std::string_view, 4> constraint_keys{"name", "condition", "action",
                                                          "justification"};

Piece* part(Piece& map, std::string_view key) {
  const auto found = std::find_if(map.parts.begin(), map.parts.end(),
                                  [key](const Piece& each) { return each.key == key; });
  return found == map.parts.end() ? nullptr : &*found;
}

void rename(Piece& map, std::string_view older, std::string_view first) {
  if (auto* const found = part(map, older)) found->key = first;
}

/// Keys that the list does not have come last, as they stand.
void order(Piece& map, std::span<const std::string_view> keys) {
  const auto rank = [keys](const Piece& each) {
    return std::find(keys.begin(), keys.end(), each.key) - keys.begin();
  };
  std::stable_sort(map.parts.begin(), map.parts.end(),
                   [&](const Piece& a, const Piece& b) { return rank(a) < rank(b); });
}

/// All comments at a piece and in it, blank lines left out.
void take_comments(Piece& from, std::vector<std::string>& out) {
  for (auto* const list : {&from.comments.above, &from.comments.beside, &from.comments.below}) {
    for (auto& each : *list) {
      if (!each.empty()) out.push_back(std::move(each));
    }
  }
  for (auto& each : from.parts) take_comments(each, out);
}

/// Takes a part out of a map and leaves what was said beside it with the map.
void drop(Piece& map, std::string_view key) {
  auto* const found = part(map, key);
  take_comments(*found, map.comments.above);
  map.parts.erase(map.parts.begin() + (found - map.parts.data()));
}

/// Older files name one term as both ends when the relation has but one.
void drop_doubled_end(Piece& relation) {
  const auto* const source = part(relation, "source");
  const auto* const target = part(relation, "target");
  if (source == nullptr || target == nullptr || source->kind != Kind::text ||
      target->kind != Kind::text || source->text != target->text || source->text == "*") {
    return;
  }
  drop(relation, type_of(source->text) == TermType::action ? "source" : "target");
}

/// What older files say of a relation in its `metadata` is said by the relation.
void lift_metadata(Piece& relation) {
  auto* metadata = part(relation, "metadata");
  if (metadata == nullptr || metadata->kind != Kind::map) return;
  auto lifted = std::exchange(metadata->parts, {});
  drop(relation, "metadata");
  for (auto& each : lifted) relation.parts.push_back(std::move(each));
}

void settle_term(Piece& term) {
  rename(term, "term_id", "id");
  rename(term, "term_type", "type");
  rename(term, "label", "name");
  order(term, term_keys);
}

void settle_relation(Piece& relation) {
  drop_doubled_end(relation);
  lift_metadata(relation);
  rename(relation, "relation_id", "id");
  rename(relation, "relation_type", "type");
  rename(relation, "source", "subject");
  rename(relation, "target", "action");
  rename(relation, "condition", "requirement");
  order(relation, relation_keys);
}

void settle_constraint(Piece& constraint) {
  rename(constraint, "when", "condition");
  order(constraint, constraint_keys);
}

template <class Settle>
void settle_items(Piece& file, std::string_view key, Settle settle) {
  auto* const list = part(file, key);
  if (list == nullptr || list->kind != Kind::list) return;
  for (auto& item : list->parts) {
    if (item.kind == Kind::map) settle(item);
  }
}

}  // namespace

Layout canonical(Layout layout) {
  settle_items(layout.root, "terms", settle_term);
  settle_items(layout.root, "relations", settle_relation);
  settle_items(layout.root, "constraints", settle_constraint);
  // What is said above the first key is said of the file, whichever key comes first afterwards.
  auto& parts = layout.root.parts;
  std::vector<std::string> heading;
  if (!parts.empty()) heading = std::exchange(parts.front().comments.above, {});
  order(layout.root, file_keys);
  if (!parts.empty()) {
    auto& above = parts.front().comments.above;
    above.insert(above.begin(), heading.begin(), heading.end());
  }
  return layout;
}

}  // namespace lexecon::policy
