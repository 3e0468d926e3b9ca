#include "service/lint.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "json/json.hpp"
#include "policy/lint.hpp"

namespace lexecon::service {
namespace {

using findings::Finding;

bool is_file(const std::string& name, std::string_view wanted) {
  return name == wanted || name.ends_with("/" + std::string(wanted));
}

/// What `load` throws, as a finding.
template <class Load>
void try_loading(const std::string& name, std::vector<Finding>& found, Load load) {
  try {
    load();
  } catch (const Error& error) {
    found.push_back(policy::load_finding(error, name));
  }
}

std::vector<Finding> lint_set(const LintedSet& set, Timestamp now, LintReport& out) {
  std::vector<Finding> found;
  std::vector<policy::SourceFile> policies;
  policy::LintFacts facts{.now = now, .has_risk_factors = std::nullopt};
  bool is_whole = false;
  for (const auto& file : set.files) {
    const auto& name = file.name;
    const auto& bytes = file.bytes;
    if (is_file(name, "node.yaml")) {
      is_whole = true;
      try_loading(name, found, [&] { (void)decision::load_node_config(bytes, name); });
    } else if (is_file(name, "risk.yaml")) {
      try_loading(name, found,
                  [&] { facts.has_risk_factors = !risk::load_model(bytes, name).factors.empty(); });
    } else {
      policies.push_back({name, bytes});
    }
  }
  if (is_whole) try_loading("node.yaml", found, [&] { decision::check_names(set.files); });
  auto linted = policy::lint(policies, facts);
  out.relations += linted.relations;
  found.insert(found.end(), linted.findings.begin(), linted.findings.end());
  return found;
}

/// A check for each rule in each file, so that what was found to be in order shows, too.
void add_checks(const LintedSet& set, const std::vector<Finding>& found, LintReport& out) {
  std::map<std::pair<std::string, std::string>, std::vector<Finding>> by_check;
  for (const auto& finding : found) {
    auto& list = by_check[{finding.file, finding.rule}];
    list.push_back(finding);
    list.back().file = set.prefix + finding.file;
  }
  for (const auto& file : set.files) {
    out.files.push_back(set.prefix + file.name);
    const bool is_policy = !is_file(file.name, "node.yaml") && !is_file(file.name, "risk.yaml");
    for (const auto& rule :
         std::span(out.report.rules).first(is_policy ? out.report.rules.size() : 1)) {
      out.report.checks.push_back({out.files.back(),
                                   std::string(rule.id) + " " + std::string(rule.title),
                                   std::move(by_check[{file.name, std::string(rule.id)}])});
      by_check.erase({file.name, std::string(rule.id)});
    }
  }
  for (auto& [key, list] : by_check) {  // a file that is missing
    out.report.checks.push_back({set.prefix + key.first, key.second, std::move(list)});
  }
}

}  // namespace

LintReport lint(std::span<const LintedSet> sets, Timestamp now) {
  LintReport out;
  out.report.tool = "policy lint";
  out.report.rules = policy::lint_rules();
  for (const auto& set : sets) add_checks(set, lint_set(set, now, out), out);
  return out;
}

Json to_json(const LintReport& linted) {
  const auto counts = findings::count(linted.report);
  return {{"schema", "lexecon.lint/1"},
          {"strict", linted.report.strict},
          {"passed", findings::passes(linted.report)},
          {"files", linted.files},
          {"relations", linted.relations},
          {"errors", counts.errors},
          {"warnings", counts.warnings},
          {"notes", counts.notes},
          {"findings", findings::to_json(linted.report)}};
}

}  // namespace lexecon::service
