// The table of lint: one line a rule, by id. An id is never given to another rule.
#include "policy/lint_rules.hpp"

#include <array>

namespace lexecon::policy {
namespace {

using findings::Severity;

constexpr std::array table{
    LintRule{{"LX001", Severity::error, "A file does not load"}, nullptr},
    LintRule{{"LX002", Severity::warning, "A term that is named is not declared"},
             undeclared_terms},
    LintRule{{"LX003", Severity::warning, "A declared term is used by nothing"}, unused_terms},
    LintRule{{"LX004", Severity::warning, "No relation reaches a term"}, unreachable_terms},
    LintRule{{"LX005", Severity::error, "A relation can never match"}, impossible_relations},
    LintRule{{"LX006", Severity::warning, "A permits that a forbids always overrules"},
             shadowed_permits},
    LintRule{{"LX007", Severity::warning, "Two relations say the same"}, duplicates},
    LintRule{{"LX008", Severity::note, "A permits inside a wider one"}, contained_permits},
    LintRule{{"LX009", Severity::note,
              "A permits without object beside a rule about objects that may go undeclared"},
             undeclared_objects},
    LintRule{{"LX010", Severity::error, "Conditions contradict themselves"}, contradictions},
    LintRule{{"LX011", Severity::warning, "A permission rests on what the requester says"},
             claims_alone},
    LintRule{{"LX012", Severity::warning, "A key that may be absent is read where that denies"},
             unguarded_keys},
    LintRule{{"LX013", Severity::error, "A literal without prefix is compared with a term"},
             bare_literals},
    LintRule{{"LX014", Severity::warning, "A condition reads a risk that nobody scores"},
             unscored_risk},
    LintRule{{"LX015", Severity::warning, "Files of one set have different modes"}, mixed_modes},
    LintRule{{"LX016", Severity::warning, "A group is declared for a part of the time only"},
             windowed_groups},
    LintRule{{"LX017", Severity::warning, "Two versions of one policy are in force together"},
             versions_together},
    LintRule{{"LX018", Severity::note, "A relation has no justification"}, missing_justifications},
    LintRule{{"LX019", Severity::warning, "A file is in force no more"}, ended_windows},
    LintRule{{"LX020", Severity::warning, "A requirement that nobody can meet"},
             unmeetable_requirements},
    LintRule{{"LX021", Severity::warning, "A constraint's action is read as a requirement"},
             older_actions},
    LintRule{{"LX022", Severity::note, "A file is not in force yet"}, coming_windows},
    LintRule{{"LX023", Severity::note, "A relation has no id of its own"}, missing_ids},
    LintRule{{"LX024", Severity::note, "A key has no effect"}, keys_without_effect},
    LintRule{{"LX025", Severity::note, "A key has an older spelling"}, older_spellings},
    LintRule{{"LX026", Severity::note, "A file has no policy_id of its own"}, default_policy_ids},
    LintRule{{"LX027", Severity::warning, "A permits has no bounds"}, boundless_permits},
    LintRule{{"LX028", Severity::warning, "What no relation speaks of is permitted"},
             permissive_modes},
    LintRule{{"LX029", Severity::warning, "A file says nothing"}, silent_files},
    LintRule{{"LX030", Severity::warning, "A resource contains data that nobody is permitted"},
             uncovered_contents},
    LintRule{{"LX031", Severity::warning, "An actor owns itself"}, own_owners},
    LintRule{{"LX032", Severity::warning, "A forbids has no bounds"}, boundless_forbids},
    LintRule{{"LX033", Severity::warning, "A requirement is spelt nearly like another"},
             near_requirements},
};

}  // namespace

std::span<const LintRule> lint_table() { return table; }

std::vector<findings::Rule> lint_rules() {
  std::vector<findings::Rule> out;
  for (const auto& each : table) out.push_back(each.rule);
  return out;
}

}  // namespace lexecon::policy
