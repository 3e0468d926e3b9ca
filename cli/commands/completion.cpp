// lexecon completion: a script that completes its command lines.
#include "completion.hpp"

#include "commands.hpp"
#include "context.hpp"

namespace lexecon::cli {
namespace {

std::string script_for(const std::string& shell) {
  if (shell == "zsh") return zsh_completion();
  return shell == "fish" ? fish_completion() : bash_completion();
}

ExitCode run(const Arguments& given, Context& context) {
  const auto shell = given.text("SHELL").value_or("bash");
  const Json document{
      {"schema", "lexecon.completion/1"}, {"shell", shell}, {"script", script_for(shell)}};
  context.answer(document, [](const Json& d) { return d["script"].get<std::string>(); });
  return ExitCode::yes;
}

}  // namespace

const Command completion{
    .name = "completion",
    .summary = "Print a script that completes command lines",
    .positionals = {{"SHELL", "The shell it is for", true, "bash|zsh|fish"}},
    .examples = {"lexecon completion bash > lexecon.bash", "lexecon completion zsh > _lexecon",
                 "lexecon completion fish > lexecon.fish", "source <(lexecon completion bash)"},
    .run = run,
};

}  // namespace lexecon::cli
