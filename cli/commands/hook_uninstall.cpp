// lexecon hook uninstall: take our hook away and put back what stood there before.
#include "commands.hpp"
#include "context.hpp"
#include "git.hpp"
#include "hook_file.hpp"
#include "output.hpp"
#include "tool_hook.hpp"
#include "tool_settings.hpp"

namespace lexecon::cli {
namespace {

/// Undone twice is undone.
ExitCode uninstall_tool_hook(const Arguments& given, Context& context) {
  if (given.has("--repo")) throw Error(ErrorCode::usage, "expected no --repo beside claude-code");
  const auto file = given.text("--settings");
  const Path path = file ? Path(*file) : project_of(given) / ".claude/settings.json";
  const auto removed = remove_tool_hooks(path);
  const Json document{{"schema", "lexecon.hook_removed/1"},
                      {"hook", "claude-code"},
                      {"path", std::filesystem::absolute(path).string()},
                      {"restored", false},
                      {"removed", removed}};
  context.answer(document, [](const Json& d) {
    return (d["removed"] == 0 ? "there is no hook of lexecon in " : "taken out of ") +
           shown(d, "path") + "\n";
  });
  return ExitCode::yes;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto hook = given.text("HOOK").value_or("");
  if (is_tool_host(hook)) return uninstall_tool_hook(given, context);
  for (const auto* other : {"--project", "--settings"}) {
    if (!given.has(other)) continue;
    throw Error(ErrorCode::usage, "expected no " + std::string(other) + " beside " + hook);
  }
  const auto repository = find_repository(given.text("--repo").value_or("."));
  const auto removed = uninstall_hook(repository.hooks_folder, hook);
  const Json document{{"schema", "lexecon.hook_removed/1"},
                      {"hook", hook},
                      {"path", removed.path.string()},
                      {"restored", removed.earlier.has_value()}};
  context.answer(document, [](const Json& d) {
    return "removed " + shown(d, "path") +
           (d["restored"].get<bool>() ? "; the earlier hook is back\n" : "\n");
  });
  return ExitCode::yes;
}

}  // namespace

const Command hook_uninstall{
    .name = "hook uninstall",
    .summary = "Take a hook away and put back the earlier one",
    .positionals = {{"HOOK", "What asks", true, "pre-push|pre-receive|claude-code"}},
    .options = {{"--repo", "DIR", "The git repository (default: the working directory's)"},
                {"--project", "DIR", "Of claude-code: the project (default: the repository)"},
                {"--settings", "FILE", "Of claude-code: instead of .claude/settings.json there"}},
    .examples = {"lexecon hook uninstall pre-push",
                 "lexecon hook uninstall pre-receive --repo server.git"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
