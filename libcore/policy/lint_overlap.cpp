// Rules about what relations hit together.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "policy/lint_rules.hpp"

namespace lexecon::policy {
namespace {

/// Relations without conditions, each triple of patterns once for each window, found by what they
/// cover.
class Covering {
 public:
  Covering(const Ground& ground, RelationType type)
      : ground_(ground),
        subjects_(ground.graph->terms),
        actions_(ground.graph->terms),
        objects_(ground.graph->terms) {
    std::vector<IndexEntry> entries;
    std::unordered_map<std::string, bool> seen;
    for (std::uint32_t i = 0; i < ground.relations.size(); ++i) {
      const auto& [relation, file] = ground.relations[i];
      if (relation->type != type || !is_unconditional(*relation)) continue;
      const auto& document = ground.documents[file];
      auto key = relation->subject + '\n' + relation->action + '\n' +
                 std::string(object_of(*relation)) + '\n';
      key += document.effective_from ? to_text(*document.effective_from) : "-";
      key += document.effective_until ? to_text(*document.effective_until) : "-";
      if (!seen.emplace(std::move(key), true).second) continue;
      entries.push_back({.subject = subjects_.intern(relation->subject),
                         .action = actions_.intern(relation->action),
                         .object = objects_.intern(object_of(*relation)),
                         .relation = i});
    }
    index_ = Index(std::move(entries));
  }

  /// One that hits all that the relation hits, as long as it is in force, and is wider or of another
  /// type; nullptr when there is none.
  [[nodiscard]] const Stated* of(const Stated& stated) const {
    const auto& relation = *stated.relation;
    const auto found =
        index_.find(subjects_.above(relation.subject), actions_.above(relation.action),
                    objects_.above(object_of(relation)));
    for (const auto& entry : found) {
      const auto& other = ground_.relations[entry.relation];
      const bool same = other.relation->type == relation.type &&
                        other.relation->subject == relation.subject &&
                        other.relation->action == relation.action &&
                        object_of(*other.relation) == object_of(relation);
      if (!same &&
          in_force_throughout(ground_.documents[other.file], ground_.documents[stated.file])) {
        return &other;
      }
    }
    return nullptr;
  }

 private:
  const Ground& ground_;
  Reach subjects_;
  Reach actions_;
  Reach objects_;
  Index index_;
};

/// Pairs of a subject and an action, found by whether one request can hit both pairs: in each of the
/// two, one pattern covers the other.
class Overlaps {
 public:
  explicit Overlaps(const Terms& terms) : subjects_(terms), actions_(terms) {}

  /// First all pairs are made known.
  void intern(const RelationDeclaration& relation) {
    subjects_.intern(relation.subject);
    actions_.intern(relation.action);
  }
  void add(const Stated& stated) {
    for (const auto& [key, own] : keys(*stated.relation)) {
      auto& slot = found_[key].at(own);
      if (slot.relation == nullptr) slot = stated;
    }
  }
  /// One of those added, or nullptr.
  [[nodiscard]] const Stated* find(const RelationDeclaration& relation) const {
    for (const auto& [key, own] : keys(relation)) {
      const auto found = found_.find(key);
      if (found == found_.end()) continue;
      for (std::size_t theirs = 0; theirs < found->second.size(); ++theirs) {
        const auto& stated = found->second.at(theirs);
        if (stated.relation != nullptr && (own | theirs) == both) return &stated;
      }
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t own_subject = 1;
  static constexpr std::size_t own_action = 2;
  static constexpr std::size_t both = own_subject | own_action;
  struct Key {
    std::uint64_t pair;
    std::size_t own;  // which of the two is the relation's own pattern
  };

  [[nodiscard]] std::vector<Key> keys(const RelationDeclaration& relation) const {
    std::vector<Key> out;
    const auto subject = subjects_.id(relation.subject);
    const auto action = actions_.id(relation.action);
    for (const auto s : subjects_.above(relation.subject)) {
      for (const auto a : actions_.above(relation.action)) {
        out.push_back({(std::uint64_t{s} << 32U) | a,
                       (s == subject ? own_subject : 0) | (a == action ? own_action : 0)});
      }
    }
    return out;
  }

  Reach subjects_;
  Reach actions_;
  std::unordered_map<std::uint64_t, std::array<Stated, both + 1>> found_;
};

}  // namespace

Findings shadowed_permits(const Ground& ground) {
  const Covering forbids(ground, RelationType::forbids);
  Findings out;
  for (const auto& stated : ground.relations) {
    if (stated.relation->type != RelationType::permits) continue;
    const auto* const other = forbids.of(stated);
    if (other == nullptr) continue;
    out.push_back(finding_at(ground, stated,
                             name_of(*stated.relation) + " permits nothing: " +
                                 name_of(*other->relation) + " hits all that it hits",
                             "a forbids always wins: narrow it, or remove the permits"));
  }
  return out;
}

Findings contained_permits(const Ground& ground) {
  const Covering permits(ground, RelationType::permits);
  Findings out;
  for (const auto& stated : ground.relations) {
    if (stated.relation->type != RelationType::permits) continue;
    const auto* const other = permits.of(stated);
    if (other == nullptr) continue;
    out.push_back(finding_at(ground, stated,
                             name_of(*stated.relation) + " adds nothing to " +
                                 name_of(*other->relation) + ", which hits all that it hits",
                             "remove it, or narrow the other"));
  }
  return out;
}

Findings undeclared_objects(const Ground& ground) {
  Overlaps rules(ground.graph->terms);
  for (const auto& stated : ground.relations) rules.intern(*stated.relation);
  for (const auto& stated : ground.relations) {
    const bool has_object = object_of(*stated.relation) != "*";
    if (has_object && stated.relation->type != RelationType::permits) rules.add(stated);
  }
  Findings out;
  for (const auto& stated : ground.relations) {
    const auto& relation = *stated.relation;
    if (relation.type != RelationType::permits || object_of(relation) != "*") continue;
    const auto* const other = rules.find(relation);
    if (other == nullptr) continue;
    out.push_back(
        finding_at(ground, stated,
                   name_of(relation) + " has no object, and " + name_of(*other->relation) +
                       " holds only for objects that the request declares or its resource contains",
                   "give it an object, or say with `contains` what each resource holds"));
  }
  return out;
}

}  // namespace lexecon::policy
