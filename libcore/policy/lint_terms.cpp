// Rules about terms.
#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "policy/lint_rules.hpp"

namespace lexecon::policy {
namespace {

/// Of so many missing terms the nearest declared one is looked for.
constexpr std::size_t max_guesses = 50;

/// A term that something names.
struct Mention {
  std::string_view id;
  std::uint16_t file = 0;
  json::Mark mark;
};

void add_mention(std::vector<Mention>& out, std::string_view id, std::uint16_t file,
                 const json::Mark& mark) {
  if (!is_pattern(id)) out.push_back({id, file, mark});
}

std::vector<Mention> mentions(const Ground& ground) {
  std::vector<Mention> out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    for (const auto& term : ground.documents[file].terms) {
      for (const auto& group : term.member_of) add_mention(out, group.text, file, group.mark);
      for (const auto& data : term.contains) add_mention(out, data.text, file, data.mark);
      if (term.owner) add_mention(out, *term.owner, file, term.id.mark);
    }
  }
  for (const auto& [relation, file] : ground.relations) {
    add_mention(out, relation->subject, file, relation->mark);
    add_mention(out, relation->action, file, relation->mark);
    if (relation->object) add_mention(out, *relation->object, file, relation->mark);
  }
  return out;
}

/// The declared terms of each type.
std::vector<std::vector<std::string>> declared_by_type(const Ground& ground) {
  std::vector<std::vector<std::string>> out(static_cast<std::size_t>(TermType::context) + 1);
  for (const auto& [id, declared] : ground.terms) {
    out[static_cast<std::size_t>(declared.front().term->type)].push_back(id);
  }
  for (auto& ids : out) std::sort(ids.begin(), ids.end());
  return out;
}

/// What relations hit.
class Hits {
 public:
  explicit Hits(const Ground& ground)
      : actors_(ground.graph->terms), actions_(ground.graph->terms), objects_(ground.graph->terms) {
    for (const auto& [relation, file] : ground.relations) {
      actors_.intern(relation->subject);
      actions_.intern(relation->action);
      objects_.intern(object_of(*relation));
    }
  }
  [[nodiscard]] bool reach(const TermDeclaration& term) const {
    switch (term.type) {
      case TermType::actor:
        return actors_.hits(term.id.text);
      case TermType::action:
        return actions_.hits(term.id.text);
      case TermType::resource:
      case TermType::data_class:
        return objects_.hits(term.id.text);
      case TermType::context:
        break;
    }
    return true;  // judged by conditions
  }

 private:
  Reach actors_;
  Reach actions_;
  Reach objects_;
};

/// The terms that other terms name: as group, as content, as owner.
std::unordered_set<std::string_view> named_by_terms(const Ground& ground) {
  std::unordered_set<std::string_view> out;
  for (const auto& document : ground.documents) {
    for (const auto& term : document.terms) {
      for (const auto& group : term.member_of) out.insert(group.text);
      for (const auto& data : term.contains) out.insert(data.text);
      if (term.owner) out.insert(*term.owner);
    }
  }
  return out;
}

/// The first declaration of each term, in the order of the files.
std::vector<Declared> first_declarations(const Ground& ground) {
  std::vector<Declared> out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    for (const auto& term : ground.documents[file].terms) {
      if (ground.terms.find(term.id.text)->second.front().term == &term)
        out.push_back({&term, file});
    }
  }
  return out;
}

/// Whether any declaration of the term says more than its id and name.
bool says_something(const Ground& ground, const TermDeclaration& term) {
  const auto& all = ground.terms.find(term.id.text)->second;
  return std::any_of(all.begin(), all.end(), [](const Declared& declared) {
    return !declared.term->contains.empty() || declared.term->owner.has_value();
  });
}

}  // namespace

Findings undeclared_terms(const Ground& ground) {
  Findings out;
  const auto declared = declared_by_type(ground);
  std::unordered_set<std::string_view> seen;
  for (const auto& [id, file, mark] : mentions(ground)) {
    if (ground.terms.contains(id) || !seen.insert(id).second) continue;
    const auto& known = declared[static_cast<std::size_t>(type_of(id).value())];
    if (known.empty()) continue;  // a set without vocabulary of this type
    const auto near = out.size() < max_guesses ? did_you_mean(id, known) : std::nullopt;
    out.push_back(finding_at(ground, file, mark, "`" + std::string(id) + "` is not declared",
                             near ? "did you mean `" + *near + "`?" : "declare it in `terms`"));
  }
  return out;
}

Findings unused_terms(const Ground& ground) {
  Findings out;
  const Hits hits(ground);
  const auto named = named_by_terms(ground);
  for (const auto& [term, file] : first_declarations(ground)) {
    if (named.contains(term->id.text) || hits.reach(*term) || says_something(ground, *term)) {
      continue;
    }
    out.push_back(finding_at(ground, file, term->id.mark,
                             "`" + term->id.text + "` is used by nothing",
                             "remove it, or name it in a relation"));
  }
  return out;
}

Findings unreachable_terms(const Ground& ground) {
  const Hits hits(ground);
  const auto named = named_by_terms(ground);
  const auto terms = first_declarations(ground);
  std::unordered_set<std::string_view> reached;  // or a member of it is
  std::unordered_set<std::string_view> owners;
  for (const auto& [term, file] : terms) {
    if (term->owner) owners.insert(*term->owner);
    if (!hits.reach(*term)) continue;
    for (const auto id : ground.graph->terms.with_groups(term->id.text, every_file())) {
      reached.insert(id);
    }
  }
  Findings out;
  for (const auto& [term, file] : terms) {
    const bool counts = named.contains(term->id.text) || says_something(ground, *term);
    if (!counts || hits.reach(*term) || reached.contains(term->id.text) ||
        owners.contains(term->id.text)) {
      continue;
    }
    out.push_back(finding_at(
        ground, file, term->id.mark,
        "no relation reaches `" + term->id.text + "`, neither itself nor a group or member of it",
        "name it, or one of its groups, in a relation"));
  }
  return out;
}

Findings windowed_groups(const Ground& ground) {
  std::unordered_set<std::string_view> groups;
  for (const auto& document : ground.documents) {
    for (const auto& term : document.terms) {
      for (const auto& group : term.member_of) groups.insert(group.text);
    }
  }
  Findings out;
  for (const auto& stated : ground.relations) {
    const auto& relation = *stated.relation;
    for (const auto id : {std::string_view(relation.subject), std::string_view(relation.action),
                          object_of(relation)}) {
      const auto found = ground.terms.find(id);
      if (!groups.contains(id) || found == ground.terms.end()) continue;
      const bool always =
          std::any_of(found->second.begin(), found->second.end(), [&](const Declared& declared) {
            return in_force_throughout(ground.documents[declared.file],
                                       ground.documents[stated.file]);
          });
      if (always) continue;
      out.push_back(finding_at(ground, stated,
                               name_of(relation) + " names the group `" + std::string(id) +
                                   "`, which is declared only in files with a narrower window",
                               "declare the group in a file that is in force as long"));
    }
  }
  return out;
}

Findings uncovered_contents(const Ground& ground) {
  if (ground.graph->mode == Mode::permissive) return {};
  Reach permitted(ground.graph->terms);
  for (const auto& [relation, file] : ground.relations) {
    if (relation->type == RelationType::permits) permitted.intern(object_of(*relation));
  }
  Findings out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    for (const auto& term : ground.documents[file].terms) {
      for (const auto& data : term.contains) {
        if (permitted.hits(data.text)) continue;
        out.push_back(finding_at(ground, file, data.mark,
                                 "every request for `" + term.id.text +
                                     "` is denied: no permits covers `" + data.text +
                                     "`, which it contains",
                                 "permit the data class to somebody"));
      }
    }
  }
  return out;
}

Findings own_owners(const Ground& ground) {
  Findings out;
  for (std::uint16_t file = 0; file < ground.documents.size(); ++file) {
    for (const auto& term : ground.documents[file].terms) {
      if (term.owner != term.id.text) continue;
      out.push_back(finding_at(ground, file, term.id.mark,
                               "`" + term.id.text + "` is its own owner",
                               "name the person who answers for it"));
    }
  }
  return out;
}

}  // namespace lexecon::policy
