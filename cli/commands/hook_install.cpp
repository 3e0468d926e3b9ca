// lexecon hook install: put a hook into a git repository that asks this node before a push.
#include "commands.hpp"
#include "context.hpp"
#include "crypto/identity.hpp"
#include "git.hpp"
#include "hook_file.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

HookSettings settings_from(const Arguments& given, Context& context, const Repository& repository) {
  const auto actor = given.text("--actor");
  if (!actor) {
    throw Error(ErrorCode::usage, "expected --actor: for whom the hook asks", {},
                "--actor ai_agent:coder");
  }
  const auto node = service::open_node(context.node());
  return {.hook = given.text("HOOK").value_or(""),
          .program = std::filesystem::read_symlink("/proc/self/exe"),
          .node = std::filesystem::canonical(context.node()),
          .origin = node.origin,
          .key = crypto::vkey(service::ledger_identity(node)),
          .repository = given.text("--repository").value_or(repository.name),
          .actor = policy::request_term(policy::TermType::actor, *actor, "--actor")};
}

std::string text_of(const Json& document) {
  const bool pushes = document["hook"] == "pre-push";
  std::string out = "installed " + shown(document, "path") + "\n" +
                    facts({{"node", shown(document, "node")},
                           {"repository", shown(document, "repository")},
                           {"actor", shown(document, "actor")},
                           {"earlier hook", shown(document, "earlier")}});
  if (!document["earlier"].is_null()) {
    out +=
        document["runs_earlier"].get<bool>()
            ? "the earlier hook is run first; when it fails, the push is refused\n"
            : "the earlier hook could not be executed, so git ignored it, and so does this one\n";
  }
  out += pushes
             ? "`git push --no-verify` leaves this hook out: only a pre-receive hook on the server "
               "enforces\n"
             : "no push gets past this hook; everybody who pushes here is asked about as that "
               "actor\n";
  return out + "`lexecon hook uninstall " + shown(document, "hook") + "` undoes it\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto repository = find_repository(given.text("--repo").value_or("."));
  const auto settings = settings_from(given, context, repository);
  const auto installed = install_hook(repository.hooks_folder, settings);
  std::error_code gone;
  if (!std::filesystem::equivalent(repository.hooks_folder, repository.git_folder / "hooks",
                                   gone)) {
    context.note("core.hooksPath is set: every repository that uses this folder now asks as " +
                 settings.repository);
  }
  const Json document{{"schema", "lexecon.hook/1"},
                      {"hook", settings.hook},
                      {"path", installed.path.string()},
                      {"earlier", installed.earlier ? Json(installed.earlier->string()) : Json()},
                      {"runs_earlier", installed.runs_earlier},
                      {"node", settings.node.string()},
                      {"origin", settings.origin},
                      {"key", settings.key},
                      {"repository", settings.repository},
                      {"actor", settings.actor}};
  context.answer(document, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command hook_install{
    .name = "hook install",
    .summary = "Install a git hook that asks this node about every push",
    .positionals = {{"HOOK", "Where it stands in a push", true, "pre-push|pre-receive"}},
    .options = {{"--actor", "ID", "For whom the hook asks"},
                {"--repo", "DIR", "The git repository (default: the working directory's)"},
                {"--repository", "NAME", "Its name in decisions (default: its directory's)"}},
    .examples = {"lexecon hook install pre-push --actor ai_agent:coder",
                 "lexecon hook install pre-receive --actor service:git --repo server.git"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
