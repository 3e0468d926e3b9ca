// lexecon hook install: put a hook into a git repository that asks this node before a push, or into the
// settings of an agent's host that asks before a tool runs.
#include "commands.hpp"
#include "context.hpp"
#include "crypto/identity.hpp"
#include "git.hpp"
#include "hook_file.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "service/node.hpp"
#include "tool_hook.hpp"
#include "tool_settings.hpp"

namespace lexecon::cli {
namespace {

/// Which node a hook asks, and for whom: what every hook names.
struct Pinned {
  Path program;
  Path node;
  std::string origin;
  std::string key;
  std::string actor;
};

Pinned pinned(const Arguments& given, Context& context) {
  const auto actor = given.text("--actor");
  if (!actor) {
    throw Error(ErrorCode::usage, "expected --actor: for whom the hook asks", {},
                "--actor ai_agent:coder");
  }
  const auto node = service::open_node(context.node());
  return {.program = std::filesystem::read_symlink("/proc/self/exe"),
          .node = std::filesystem::canonical(context.node()),
          .origin = node.origin,
          .key = crypto::vkey(service::ledger_identity(node)),
          .actor = policy::request_term(policy::TermType::actor, *actor, "--actor")};
}

void require_only(const Arguments& given, std::initializer_list<const char*> others,
                  const std::string& hook) {
  for (const auto* other : others) {
    if (!given.has(other)) continue;
    throw Error(ErrorCode::usage, "expected no " + std::string(other) + " beside " + hook);
  }
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

ExitCode install_push_hook(const Arguments& given, Context& context) {
  const auto hook = given.text("HOOK").value_or("");
  require_only(given, {"--project", "--settings"}, hook);
  const auto repository = find_repository(given.text("--repo").value_or("."));
  const auto pin = pinned(given, context);
  const HookSettings settings{.hook = hook,
                              .program = pin.program,
                              .node = pin.node,
                              .origin = pin.origin,
                              .key = pin.key,
                              .repository = given.text("--repository").value_or(repository.name),
                              .actor = pin.actor};
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

std::string tool_text_of(const Json& document) {
  const bool written = !document["path"].is_null();
  std::string out;
  if (!written) {
    out = "to be run before each tool call, with lexecon.hook_request/1 on standard input:\n" +
          shown(document, "command") + "\n";
  } else {
    out = (document["changed"].get<bool>() ? "installed in " : "installed already in ") +
          shown(document, "path") + "\n";
  }
  out += facts({{"node", shown(document, "node")},
                {"project", shown(document, "project")},
                {"actor", shown(document, "actor")}});
  if (!written) return out;
  return out +
         "whoever can write that file can take the hook out: forbid the agent to\n"
         "sessions that run already may have to be started again\n"
         "`lexecon hook uninstall claude-code` undoes it\n";
}

ExitCode install_tool_hook(const Arguments& given, Context& context) {
  const auto hook = given.text("HOOK").value_or("");
  require_only(given, {"--repo", "--repository"}, hook);
  const auto pin = pinned(given, context);
  const auto file = given.text("--settings");
  // Settings that are not of one project: the host says in which it is.
  const bool any_project = file && !given.has("--project");
  const auto project = any_project ? std::string() : project_of(given).string();
  const auto command = tool_hook_command({.host = hook,
                                          .program = pin.program,
                                          .node = pin.node,
                                          .origin = pin.origin,
                                          .key = pin.key,
                                          .project = project,
                                          .actor = pin.actor});
  Json document{{"schema", "lexecon.tool_hook/1"},
                {"hook", hook},
                {"path", nullptr},
                {"changed", false},
                {"command", command},
                {"node", pin.node.string()},
                {"origin", pin.origin},
                {"key", pin.key},
                {"project", nullptr},
                {"actor", pin.actor}};
  if (!project.empty()) document["project"] = project;
  if (hook == "claude-code") {
    const Path path = file ? Path(*file) : Path(project) / ".claude/settings.json";
    document["changed"] = add_tool_hook(path, command);
    document["path"] = std::filesystem::absolute(path).string();
  } else {
    require_only(given, {"--settings"}, hook);
  }
  context.answer(document, tool_text_of);
  return ExitCode::yes;
}

ExitCode run(const Arguments& given, Context& context) {
  return is_tool_host(given.text("HOOK").value_or("")) ? install_tool_hook(given, context)
                                                       : install_push_hook(given, context);
}

}  // namespace

const Command hook_install{
    .name = "hook install",
    .summary = "Install a hook that asks this node about every push or tool call",
    .positionals = {{"HOOK", "What asks", true, "pre-push|pre-receive|claude-code|json"}},
    .options = {{"--actor", "ID", "For whom the hook asks"},
                {"--repo", "DIR", "The git repository (default: the working directory's)"},
                {"--repository", "NAME", "Its name in decisions (default: its directory's)"},
                {"--project", "DIR",
                 "Of tool calls: where files are inside (default: the repository)"},
                {"--settings", "FILE", "Of claude-code: instead of .claude/settings.json there"}},
    .examples = {"lexecon hook install pre-push --actor ai_agent:coder",
                 "lexecon hook install claude-code --actor ai_agent:coder",
                 "lexecon hook install pre-receive --actor service:git --repo server.git"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
