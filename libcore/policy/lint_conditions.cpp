// Rules about conditions.
#include <algorithm>
#include <array>
#include <set>

#include "cel/reads.hpp"
#include "policy/lint_rules.hpp"
#include "policy/lint_satisfy.hpp"
#include "policy/probes.hpp"

namespace lexecon::policy {
namespace {

using cel::Op;

std::vector<const cel::Program*> pointers(const std::vector<cel::Program>& programs) {
  std::vector<const cel::Program*> out;
  for (const auto& program : programs) out.push_back(&program);
  return out;
}

/// A relation's pattern says what a variable is, unless it may be hit through a group.
class Patterned {
 public:
  explicit Patterned(const Ground& ground) {
    for (const auto& document : ground.documents) {
      for (const auto& term : document.terms) {
        for (const auto& group : term.member_of) groups_.insert(group.text);
      }
    }
  }
  [[nodiscard]] std::vector<Known> known(const RelationDeclaration& relation) const {
    std::vector<Known> out;
    add("actor", relation.subject, out);
    add("action", relation.action, out);
    if (object_of(relation).starts_with("resource:")) add("resource", *relation.object, out);
    return out;
  }

 private:
  void add(const char* variable, const std::string& pattern, std::vector<Known>& out) const {
    if (pattern == "*") return;
    const auto stem = is_pattern(pattern) ? pattern.substr(0, pattern.size() - 1) : pattern;
    const auto group = groups_.lower_bound(stem);
    const bool by_group =
        group != groups_.end() && (is_pattern(pattern) ? group->starts_with(stem) : *group == stem);
    if (!by_group) out.push_back({variable, pattern});
  }

  std::set<std::string> groups_;
};

bool is_claim(const cel::Read& read) {
  constexpr std::array<std::string_view, 3> claims{"context", "intent", "declared_risk"};
  const auto name = read.name == "request" ? read.key : read.name;
  return std::find(claims.begin(), claims.end(), name) != claims.end();
}

template <class Programs>
bool rests_on_claims(const Programs& programs, const cel::Names& names) {
  bool any = false;
  for (const auto& program : programs) {
    for (const auto& read : cel::reads_of(program, names)) {
      if (!is_claim(read)) return false;
      any = true;
    }
  }
  return any;
}

/// The prefix that a variable's values carry; empty for any other variable.
std::string_view prefix_of(std::string_view variable) {
  if (variable == "actor") return long_prefix(TermType::actor);
  if (variable == "action") return long_prefix(TermType::action);
  if (variable == "resource") return long_prefix(TermType::resource);
  if (variable == "data_classes") return long_prefix(TermType::data_class);
  return {};
}

std::optional<std::string> text_of(const cel::Program& program, cel::NodeId node) {
  const auto& step = program.steps[node];
  if (step.target != cel::Target::constant || !step.constant.is(cel::Kind::text)) return {};
  return std::string(step.constant.view());
}

struct Bare {
  std::string variable;
  std::string text;
};

/// The first literal of a program that no value of its variable can be or begin with.
std::optional<Bare> bare_literal(const cel::Program& program) {
  const auto& ast = program.ast;
  for (cel::NodeId node = 0; node < ast.nodes.size(); ++node) {
    const auto op = ast.nodes[node].op;
    const auto operands = ast.operands_of(node);
    const bool compares = op == Op::equal || op == Op::not_equal || op == Op::in ||
                          (op == Op::method && ast.nodes[node].name == "startsWith");
    if (!compares) continue;
    for (const std::size_t side : {0U, 1U}) {
      const auto variable = path_of(program, operands[side]);
      const auto prefix = prefix_of(variable);
      if (prefix.empty()) continue;
      const auto other = operands[1 - side];
      std::vector<cel::NodeId> literals{other};
      if (ast.nodes[other].op == Op::list) {
        const auto items = ast.operands_of(other);
        literals.assign(items.begin(), items.end());
      }
      for (const auto literal : literals) {
        const auto text = text_of(program, literal);
        const bool begins = op == Op::method && text && prefix.starts_with(*text);
        if (text && !text->starts_with(prefix) && !begins) return Bare{variable, *text};
      }
    }
  }
  return std::nullopt;
}

Finding at(const Ground& ground, const Stated& stated, const PlacedText& text, std::string message,
           std::string hint) {
  return finding_at(ground, stated.file, text.mark, std::move(message), std::move(hint));
}

}  // namespace

Findings impossible_relations(const Ground& ground) {
  const Patterned patterned(ground);
  Findings out;
  for (const auto& all : ground.conditional) {
    const auto& stated = all.stated;
    if (all.when.empty()) continue;
    const auto conditions = pointers(all.when);
    if (!can_hold(conditions, {}) || can_hold(conditions, patterned.known(*stated.relation)))
      continue;
    out.push_back(at(ground, stated, stated.relation->when.front(),
                     name_of(*stated.relation) +
                         " never matches: its conditions contradict its subject, action or object",
                     "mend the condition or the pattern"));
  }
  return out;
}

Findings contradictions(const Ground& ground) {
  Findings out;
  for (const auto& all : ground.conditional) {
    const auto& stated = all.stated;
    if (all.when.empty() || can_hold(pointers(all.when), {})) continue;
    out.push_back(at(ground, stated, stated.relation->when.front(),
                     "the conditions of " + name_of(*stated.relation) + " can never be true",
                     "they contradict themselves: mend them, or remove the relation"));
  }
  return out;
}

Findings unmeetable_requirements(const Ground& ground) {
  Findings out;
  for (const auto& all : ground.conditional) {
    const auto& stated = all.stated;
    if (!all.met_when) continue;
    const auto* const program = &*all.met_when;
    if (can_hold(std::span(&program, 1), {})) continue;
    out.push_back(at(ground, stated, *stated.relation->met_when,
                     "nobody can meet the requirement of " + name_of(*stated.relation) +
                         ": its `met_when` can never be true",
                     "mend it, or write a forbids"));
  }
  return out;
}

Findings claims_alone(const Ground& ground) {
  Findings out;
  for (const auto& all : ground.conditional) {
    const auto& stated = all.stated;
    const auto& names = ground.graph->names[stated.file];
    const auto& relation = *stated.relation;
    if (relation.type == RelationType::permits && rests_on_claims(all.when, names)) {
      out.push_back(at(ground, stated, relation.when.front(),
                       name_of(relation) + " rests on nothing but what the requester says",
                       "read something else as well, or require an approval"));
    }
    if (all.met_when && rests_on_claims(std::span(&*all.met_when, 1), names)) {
      out.push_back(at(ground, stated, *relation.met_when,
                       "what meets the requirement of " + name_of(relation) +
                           " is nothing but what the requester says",
                       "count `approvals` instead"));
    }
  }
  return out;
}

Findings unguarded_keys(const Ground& ground) {
  Findings out;
  for (const auto& all : ground.conditional) {
    const auto& stated = all.stated;
    const auto& names = ground.graph->names[stated.file];
    const auto& relation = *stated.relation;
    const bool denies =
        relation.type == RelationType::forbids ||
        (relation.type == RelationType::requirement && relation.on_unmet == Outcome::denied);
    if (!denies) continue;
    std::set<std::string> asked;  // by another of the conditions: one that is false beats errors
    for (const auto& program : all.when) {
      for (const auto& read : cel::reads_of(program, names)) {
        if (read.is_test) asked.emplace(read.key);
      }
    }
    for (std::size_t i = 0; i < all.when.size(); ++i) {
      for (const auto& read : cel::reads_of(all.when[i], names)) {
        const bool elsewhere = all.when.size() > 1 && asked.contains(std::string(read.key));
        if (read.name != "context" || read.key.empty() || read.is_test || read.is_guarded ||
            elsewhere) {
          continue;
        }
        const auto key = std::string(read.key);
        out.push_back(at(ground, stated, relation.when[i],
                         "without `context." + key + "` " + name_of(relation) +
                             " applies to every request that it hits",
                         "if that is not meant: `has(context." + key + ") && ...`"));
        break;
      }
    }
  }
  return out;
}

Findings bare_literals(const Ground& ground) {
  Findings out;
  for (const auto& all : ground.conditional) {
    const auto& stated = all.stated;
    const auto look = [&](const PlacedText& text, const cel::Program& program) {
      const auto bare = bare_literal(program);
      if (!bare) return;
      const auto prefix = std::string(prefix_of(bare->variable));
      out.push_back(at(ground, stated, text,
                       "`" + bare->variable + "` never is `" + bare->text +
                           "`: its values begin with `" + prefix + "`",
                       "write `" + prefix + bare->text + "`"));
    };
    for (std::size_t i = 0; i < all.when.size(); ++i) look(stated.relation->when[i], all.when[i]);
    if (all.met_when) look(*stated.relation->met_when, *all.met_when);
  }
  return out;
}

Findings unscored_risk(const Ground& ground) {
  if (ground.facts.has_risk_factors.value_or(true)) return {};
  Findings out;
  for (const auto& all : ground.conditional) {
    const auto& stated = all.stated;
    const auto& names = ground.graph->names[stated.file];
    const auto look = [&](const PlacedText& text, const cel::Program& program) {
      const auto reads = cel::reads_of(program, names);
      const bool any = std::any_of(reads.begin(), reads.end(),
                                   [](const cel::Read& read) { return read.name == "risk"; });
      if (!any) return;
      out.push_back(at(
          ground, stated, text,
          name_of(*stated.relation) + " reads `risk`, and nobody but the requester scores anything",
          "write `factors` into risk.yaml"));
    };
    for (std::size_t i = 0; i < all.when.size(); ++i) look(stated.relation->when[i], all.when[i]);
    if (all.met_when) look(*stated.relation->met_when, *all.met_when);
  }
  return out;
}

}  // namespace lexecon::policy
