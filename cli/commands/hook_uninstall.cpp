// lexecon hook uninstall: take our hook away and put back what stood there before.
#include "commands.hpp"
#include "context.hpp"
#include "git.hpp"
#include "hook_file.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto repository = find_repository(given.text("--repo").value_or("."));
  const auto hook = given.text("HOOK").value_or("");
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
    .positionals = {{"HOOK", "Where it stands in a push", true, "pre-push|pre-receive"}},
    .options = {{"--repo", "DIR", "The git repository (default: the working directory's)"}},
    .examples = {"lexecon hook uninstall pre-push",
                 "lexecon hook uninstall pre-receive --repo server.git"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
