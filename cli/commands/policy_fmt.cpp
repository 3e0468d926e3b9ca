// lexecon policy fmt: the one layout of policy files.
#include <algorithm>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "policy/format.hpp"
#include "service/draft.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_file_bytes = 16U << 20U;

struct Formatted {
  std::string name;
  Path path;
  std::string before;
  std::string after;

  [[nodiscard]] bool changed() const { return before != after; }
};

Formatted formatted(std::string name, Path path, std::string bytes) {
  auto after = policy::format({name, bytes});
  return {std::move(name), std::move(path), std::move(bytes), std::move(after)};
}

/// What was named, or the policies of the node.
std::vector<Formatted> format_all(const std::vector<std::string>& named, Context& context) {
  std::vector<Formatted> out;
  for (const auto& name : named) {
    // A link is followed, so that the file it leads to is written and the link stays.
    out.push_back(formatted(name, std::filesystem::canonical(name),
                            context.read_input(name, max_file_bytes)));
  }
  if (!named.empty()) return out;
  const auto& node = context.node();
  for (auto& file : service::read_draft({node})) {
    if (!file.name.starts_with("policies/")) continue;
    out.push_back(formatted(file.name, node / file.name, std::move(file.bytes)));
  }
  return out;
}

Json to_json(const std::vector<Formatted>& files, bool check) {
  auto list = Json::array();
  for (const auto& file : files) {
    list.push_back({{"name", file.name}, {"changed", file.changed()}});
  }
  return {{"schema", "lexecon.policy_layout/1"}, {"check", check}, {"files", list}};
}

std::string text_of(const Json& document) {
  std::string out;
  for (const auto& file : document["files"]) {
    if (file["changed"].get<bool>()) out += shown(file, "name") + "\n";
  }
  return out;
}

ExitCode format_input(bool check, Context& context) {
  const auto file = formatted("-", {}, context.read_input("-", max_file_bytes));
  auto document = to_json({file}, check);
  document["text"] = file.after;
  if (check) {
    context.answer(document, text_of);
    return file.changed() ? ExitCode::no : ExitCode::yes;
  }
  context.answer_bytes(document, file.after);
  return ExitCode::yes;
}

ExitCode run(const Arguments& given, Context& context) {
  const bool check = given.has("--check");
  const auto named = given.texts("FILE");
  if (named == std::vector<std::string>{"-"}) return format_input(check, context);
  if (std::find(named.begin(), named.end(), "-") != named.end()) {
    throw Error(ErrorCode::usage, "expected `-` alone or files, seen both");
  }
  const auto files = format_all(named, context);
  bool any = false;
  for (const auto& file : files) {
    if (!file.changed()) continue;
    any = true;
    if (!check) replace_file(file.path, file.after, Access::as_umask);
  }
  context.answer(to_json(files, check), text_of);
  if (files.empty()) return ExitCode::nothing_to_check;
  return check && any ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command policy_fmt{
    .name = "policy fmt",
    .summary = "Bring policy files into the one layout, and name those that were not",
    .positionals = {{"FILE",
                     "Policy files, or - for standard input; those of the node unless given", false,
                     "", true}},
    .options = {{"--check", "", "Write nothing; exit 1 when a file is not in the layout"}},
    .examples = {"lexecon policy fmt --check", "lexecon policy fmt - < .lexecon/policies/git.yaml"},
    .run = run,
};

}  // namespace lexecon::cli
