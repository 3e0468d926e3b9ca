// lexecon policy test: whether a set judges requests as its tests expect, and what they do not reach.
#include "service/policy_test.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "findings_answer.hpp"
#include "output.hpp"
#include "service/draft.hpp"
#include "service/sets.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_file_bytes = 16U << 20U;

/// A set, and the tables that were named, or else those that stand beside it.
struct Chosen {
  service::TestedSet set;
  std::vector<service::TestTable> tables;
};

service::TestedSet active_set(const Path& folder) {
  const auto node = service::open_node(folder);
  const auto row = service::find_set(node, std::nullopt);
  auto ledger = service::open_ledger(node);
  return {"", service::set_files(ledger, row)};
}

std::vector<service::TestTable> tables_beside(const Path& folder) {
  auto tables = service::read_tests({folder});
  for (auto& table : tables) table.name = shown_folder(folder) + table.name;
  return tables;
}

Chosen choose(const Arguments& given, Context& context) {
  std::optional<Path> folder;
  Chosen out;
  bool any_file = false;
  for (const auto& name : given.texts("PATH")) {
    if (name == "-" || !std::filesystem::is_directory(name)) {
      any_file = true;
      out.tables.push_back({printable(name), context.read_input(name, max_file_bytes)});
      continue;
    }
    if (folder) throw Error(ErrorCode::usage, "expected one folder, seen two", name);
    folder = std::filesystem::absolute(name);
  }
  const bool active = given.has("--active");
  if (active && folder) throw Error(ErrorCode::usage, "expected --active or a folder, seen both");
  if (!folder) folder = context.node();
  out.set = active ? active_set(*folder)
                   : service::TestedSet{shown_folder(*folder), service::read_draft({*folder})};
  if (!any_file) out.tables = tables_beside(*folder);
  return out;
}

std::string share_text(const service::Share& share, std::string_view what) {
  return std::to_string(share.seen) + " of " + std::to_string(share.total) + " " +
         std::string(what) + ", " + std::to_string(share.percent()) + " %";
}

std::string text_of(const service::TestRun& run) {
  return findings::to_lines(run.report) +
         facts({{"tests", std::to_string(run.passed()) + " of " + std::to_string(run.tests.size()) +
                              " passed"},
                {"relations", share_text(run.relations, "matched")},
                {"conditions", share_text(run.conditions, "outcomes seen")},
                {"threshold", run.threshold ? std::to_string(*run.threshold) + " %" : ""}});
}

ExitCode run(const Arguments& given, Context& context) {
  require_one_form(given, context);
  const auto threshold = given.integer("--threshold", 0, 100);
  const auto chosen = choose(given, context);
  auto ran = service::test_policies(chosen.set, chosen.tables, {context.session().now, threshold});
  ran.report.version = LEXECON_VERSION;
  answer_findings(given, context, ran.report, service::to_json(ran), text_of(ran));
  if (ran.tests.empty()) {
    context.note("there are no tests");
    return ExitCode::nothing_to_check;
  }
  return findings::passes(ran.report) ? ExitCode::yes : ExitCode::no;
}

}  // namespace

const Command policy_test{
    .name = "policy test",
    .summary = "Run the tests of policies, and find what they do not reach",
    .positionals = {{"PATH",
                     "A folder with node.yaml, risk.yaml and policies/, the node's unless given; "
                     "files of tests, those in policies/tests/ unless given",
                     false, "", true}},
    .options = {{"--active", "", "The active set instead of the draft"},
                {"--threshold", "PERCENT",
                 "Fail when fewer relations, or outcomes of conditions, are covered"},
                findings_format()},
    .examples = {"lexecon policy test", "lexecon policy test --threshold 100 --format junit"},
    .run = run,
};

}  // namespace lexecon::cli
