// lexecon policy lint: what is wrong with policies, or likely to be.
#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "findings_answer.hpp"
#include "service/draft.hpp"
#include "service/lint.hpp"
#include "service/sets.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_file_bytes = 16U << 20U;

service::LintedSet active_set(const service::Node& node) {
  const auto row = service::find_set(node, std::nullopt);
  service::LintedSet out;
  for (const auto& file : row.files) {
    out.files.push_back({file.name, service::set_file_bytes(node, row, file.name)});
  }
  return out;
}

/// Each folder is a set; the files that are named are one together.
std::vector<service::LintedSet> named_sets(const std::vector<std::string>& names,
                                           Context& context) {
  std::vector<service::LintedSet> out;
  service::LintedSet files;
  for (const auto& name : names) {
    if (name != "-" && std::filesystem::is_directory(name)) {
      out.push_back({shown_folder(std::filesystem::absolute(name)), service::read_policies(name)});
    } else {
      files.files.push_back({printable(name), context.read_input(name, max_file_bytes)});
    }
  }
  if (!files.files.empty()) out.push_back(std::move(files));
  return out;
}

std::vector<service::LintedSet> sets_of(const Arguments& given, Context& context) {
  const auto names = given.texts("PATH");
  if (given.has("--active")) {
    if (!names.empty()) throw Error(ErrorCode::usage, "expected --active or paths, seen both");
    return {active_set(service::open_node(context.node()))};
  }
  if (!names.empty()) return named_sets(names, context);
  const auto& node = context.node();
  return {{shown_folder(node), service::read_draft({node})}};
}

ExitCode run(const Arguments& given, Context& context) {
  require_one_form(given, context);
  auto linted = service::lint(sets_of(given, context), context.session().now);
  linted.report.version = LEXECON_VERSION;
  linted.report.strict = given.has("--strict");
  answer_findings(given, context, linted.report, service::to_json(linted),
                  findings::to_text(linted.report));
  if (!findings::passes(linted.report)) return ExitCode::no;
  if (linted.relations > 0) return ExitCode::yes;
  context.note("there are no relations to check");
  return ExitCode::nothing_to_check;
}

}  // namespace

const Command policy_lint{
    .name = "policy lint",
    .summary = "Find what is wrong with policies, or likely to be",
    .positionals = {{"PATH",
                     "Policy files, which are one set, or folders, each a set; the draft of the "
                     "node unless given",
                     false, "", true}},
    .options = {{"--active", "", "The active set instead"},
                {"--strict", "", "Warnings fail, too"},
                findings_format()},
    .examples = {"lexecon policy lint", "lexecon policy lint --strict --format sarif > lint.sarif"},
    .run = run,
};

}  // namespace lexecon::cli
