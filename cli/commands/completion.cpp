// lexecon completion: a script that completes its command lines.
#include "completion.hpp"

#include "commands.hpp"
#include "context.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments&, Context& context) {
  const Json document{
      {"schema", "lexecon.completion/1"}, {"shell", "bash"}, {"script", bash_completion()}};
  context.answer(document, [](const Json& d) { return d["script"].get<std::string>(); });
  return ExitCode::yes;
}

}  // namespace

const Command completion{
    .name = "completion",
    .summary = "Print a script that completes command lines",
    .positionals = {{"SHELL", "The shell it is for", true, "bash"}},
    .examples = {"lexecon completion bash > lexecon.bash", "source <(lexecon completion bash)"},
    .run = run,
};

}  // namespace lexecon::cli
