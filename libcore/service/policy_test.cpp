#include "service/policy_test.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "decision/judge.hpp"
#include "decision/test_coverage.hpp"
#include "decision/test_table.hpp"
#include "json/json.hpp"
#include "policy/document.hpp"
#include "policy/graph.hpp"

namespace lexecon::service {
namespace {

using findings::Finding;
using findings::Severity;

constexpr std::string_view failed_test = "failed-test";
constexpr std::string_view unmatched = "unmatched-relation";
constexpr std::string_view one_sided = "one-sided-condition";

/// Its errors name files as they are shown.
decision::ActiveSet load(const TestedSet& set) {
  try {
    return decision::load_set(set.files);
  } catch (const Error& error) {
    throw Error(error.code(), error.message(),
                error.where().empty() ? "" : set.prefix + error.where(), error.hint());
  }
}

std::string listed(const std::vector<std::string>& names) {
  return names.empty() ? "none" : join(names, ", ");
}
std::string listed(policy::Outcome outcome) { return std::string(to_string(outcome)); }
std::string listed(policy::ReasonCode code) { return std::string(to_string(code)); }

/// Holds a verdict against what was expected of it.
class Comparison {
 public:
  explicit Comparison(std::string file) : file_(std::move(file)) {}

  template <class T>
  void compare(std::string_view key, const std::optional<decision::Expected<T>>& expected,
               const T& seen) {
    if (!expected || expected->value == seen) return;
    findings_.push_back({.rule = std::string(failed_test),
                         .severity = Severity::error,
                         .message = "expected " + std::string(key) + " " + listed(expected->value) +
                                    ", found " + listed(seen),
                         .hint = {},
                         .file = file_,
                         .line = expected->mark.line,
                         .column = expected->mark.column});
  }
  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  std::string file_;
  std::vector<Finding> findings_;
};

void run_test(const decision::TestCase& test, const std::string& file,
              const decision::ActiveSet& set, decision::TestCoverage& coverage, Timestamp now,
              TestRun& run) {
  const auto at = test.at.value_or(now);
  const auto verdict = decision::judge(test.request, &set, test.facts, at);
  const auto matched = coverage.add(test.request, test.facts, at);
  Comparison comparison(file);
  comparison.compare("outcome", test.expect.outcome, verdict.outcome);
  comparison.compare("reason", test.expect.reason, verdict.reason);
  comparison.compare("relations", test.expect.relations, matched);
  comparison.compare("unmet", test.expect.unmet, verdict.unmet);
  auto found = comparison.take();
  if (!found.empty()) {
    found.front().message = "`" + test.name + "`: " + found.front().message;
    found.front().hint = verdict.reasoning;
  }
  run.tests.push_back({file, test.name, found.empty(), verdict.outcome, verdict.reason});
  run.report.checks.push_back({file, test.name, std::move(found)});
}

/// What coverage lacks, at its place.
struct Gap {
  std::string file;
  json::Mark mark;
  std::string message;
};

/// The relations of a set with the places where they were written, and what was seen of them.
class Gaps {
 public:
  Share relations;
  Share conditions;
  std::vector<Gap> unmatched_relations;
  std::vector<Gap> one_sided_conditions;

  explicit Gaps(std::string prefix) : prefix_(std::move(prefix)) {}

  void add_relations(const decision::ActiveSet& set, std::span<const decision::SetFile> files,
                     const decision::TestCoverage& coverage) {
    const auto& graph = set.policies.graph();
    auto relation = graph.relations.begin();
    auto seen = coverage.relations().begin();
    for (const auto& file : graph.files) {
      for (const auto& written :
           policy::parse_document({file.name, bytes_of(files, file.name)}).relations) {
        add_relation(*relation++, written, file.name, *seen++);
      }
    }
  }

  void add_factors(const decision::ActiveSet& set, std::span<const decision::SetFile> files,
                   const decision::TestCoverage& coverage) {
    if (set.risk.factors.empty()) return;
    const std::string file = "risk.yaml";
    const auto root = json::read_document(bytes_of(files, file), file);
    json::NodeReader reader(root, file);
    const auto items = reader.as_list(reader.get({"factors"}), "factors");
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto mark = json::NodeReader(items[i], file).get({"when"}).mark;
      add_condition("factor `" + set.risk.factors[i].name + "`", file, mark, coverage.factors()[i]);
    }
  }

 private:
  static std::string_view bytes_of(std::span<const decision::SetFile> files,
                                   std::string_view name) {
    return std::find_if(files.begin(), files.end(),
                        [&](const decision::SetFile& file) { return file.name == name; })
        ->bytes;
  }

  void add_relation(const policy::Relation& relation, const policy::RelationDeclaration& written,
                    const std::string& file, const decision::RelationSeen& seen) {
    ++relations.total;
    if (seen.matched) {
      ++relations.seen;
    } else {
      unmatched_relations.push_back(
          {prefix_ + file, written.mark, "relation `" + relation.id + "` matches in no test"});
    }
    for (std::size_t i = 0; i < written.when.size(); ++i) {
      add_condition("condition of `" + relation.id + "`", file, written.when[i].mark, seen.when[i]);
    }
    if (written.met_when) {
      add_condition("`met_when` of `" + relation.id + "`", file, written.met_when->mark,
                    seen.met_when);
    }
  }

  void add_condition(const std::string& what, const std::string& file, const json::Mark& mark,
                     const decision::Seen& seen) {
    conditions.total += 2;
    conditions.seen += (seen.yes ? 1U : 0U) + (seen.no ? 1U : 0U);
    if (seen.yes && seen.no) return;
    const auto* const lacks = seen.yes ? "false" : seen.no ? "true" : "true and never false";
    one_sided_conditions.push_back({prefix_ + file, mark, what + " is never " + lacks});
  }

  std::string prefix_;
};

/// Gaps are what a share below the threshold fails for.
findings::Check coverage_check(std::string_view name, std::string_view rule, const Share& share,
                               const std::vector<Gap>& gaps,
                               const std::optional<std::int64_t>& threshold) {
  const bool below = share.percent() < static_cast<std::size_t>(threshold.value_or(0));
  findings::Check check{"coverage", std::string(name), {}};
  for (const auto& gap : gaps) {
    check.findings.push_back({.rule = std::string(rule),
                              .severity = below ? Severity::error : Severity::note,
                              .message = gap.message,
                              .hint = {},
                              .file = gap.file,
                              .line = gap.mark.line,
                              .column = gap.mark.column});
  }
  return check;
}

Json to_json(const Share& share) {
  return {{"seen", share.seen}, {"total", share.total}, {"percent", share.percent()}};
}

}  // namespace

std::size_t TestRun::passed() const {
  return static_cast<std::size_t>(std::count_if(
      tests.begin(), tests.end(), [](const TestResult& test) { return test.passed; }));
}

TestRun test_policies(const TestedSet& set, std::span<const TestTable> tables,
                      const TestOptions& options) {
  const auto loaded = load(set);
  TestRun run;
  run.policy_hash = loaded.policy_hash;
  run.threshold = options.threshold;
  run.report.tool = "policy test";
  run.report.rules = {
      {failed_test, Severity::error, "A verdict is not the one that a test expects"},
      {unmatched, Severity::note, "A relation matches in no test"},
      {one_sided, Severity::note, "A condition is true in no test, or false in none"}};
  decision::TestCoverage coverage(loaded);
  for (const auto& table : tables) {
    for (const auto& test : decision::parse_tests(table.bytes, table.name)) {
      run_test(test, table.name, loaded, coverage, options.now, run);
    }
  }
  Gaps gaps(set.prefix);
  gaps.add_relations(loaded, set.files, coverage);
  gaps.add_factors(loaded, set.files, coverage);
  run.relations = gaps.relations;
  run.conditions = gaps.conditions;
  run.report.checks.push_back(coverage_check("relations", unmatched, run.relations,
                                             gaps.unmatched_relations, options.threshold));
  run.report.checks.push_back(coverage_check("conditions", one_sided, run.conditions,
                                             gaps.one_sided_conditions, options.threshold));
  return run;
}

Json to_json(const TestRun& run) {
  auto tests = Json::array();
  for (const auto& test : run.tests) {
    tests.push_back({{"file", test.file},
                     {"name", test.name},
                     {"passed", test.passed},
                     {"outcome", to_string(test.outcome)},
                     {"reason", to_string(test.reason)}});
  }
  return {{"schema", "lexecon.policy_test/1"},
          {"policy_hash", run.policy_hash.hex()},
          {"passed", !run.tests.empty() && findings::passes(run.report)},
          {"tests", std::move(tests)},
          {"threshold", run.threshold ? Json(*run.threshold) : Json()},
          {"coverage",
           {{"relations", to_json(run.relations)}, {"conditions", to_json(run.conditions)}}},
          {"findings", findings::to_json(run.report)}};
}

}  // namespace lexecon::service
