// lexecon hook run: what an installed hook calls. Of a push every ref is decided, or none goes; a tool
// call is decided before the tool runs.
#include <unistd.h>

#include "base/files.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "decision/request.hpp"
#include "hook_node.hpp"
#include "output.hpp"
#include "push.hpp"
#include "service/decide.hpp"
#include "tool_hook.hpp"

namespace lexecon::cli {
namespace {

using std::chrono_literals::operator""s;

constexpr std::uint64_t max_input_bytes = 1U << 20U;
constexpr auto patience = 20s;  // for all questions to git together

std::vector<decision::Request> requests_for(const std::vector<RefUpdate>& updates,
                                            const Arguments& given) {
  const auto actor = hook_actor(given);
  const auto repository = installed_option(given, "--repository");
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::vector<decision::Request> requests;
  for (const auto& update : updates) {
    const auto kind = kind_of(update, deadline);
    requests.push_back(decision::parse_request(push_request(update, kind, actor, repository)));
  }
  return requests;
}

/// One line for whoever pushes: what was refused, why, and where it is on record.
std::string refusal(const Json& decision) {
  return "refused " + shown(decision, "action") + " on " + shown(decision, "resource") + ": " +
         shown(decision, "reasoning") + " (" + shown(decision, "decision_id") + ")";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto hook = given.text("HOOK").value_or("");
  if (is_tool_host(hook)) return run_tool_hook(given, context);
  const auto node = expected_node(given, context);
  const auto updates =
      read_updates(hook, read_descriptor(STDIN_FILENO, max_input_bytes, "standard input"));
  const auto requests = requests_for(updates, given);
  Json decisions = Json::array();
  std::optional<std::string> first_refusal;
  if (!requests.empty()) {
    const service::DecideOptions options{
        .via = "hook:" + hook, .life_seconds = {}, .audience = {}, .with_token = false};
    for (const auto& each : service::decide_all(node.files, requests, options, context.session())) {
      decisions.push_back(service::to_json(each, false));
      if (each.outcome != policy::Outcome::approved && !first_refusal) {
        first_refusal = refusal(decisions.back());
      }
    }
  }
  if (first_refusal) context.note(*first_refusal);
  const Json document{{"schema", "lexecon.hook_answer/1"},
                      {"allowed", !first_refusal.has_value()},
                      {"decisions", decisions}};
  context.answer(document, [](const Json&) { return std::string(); });
  return first_refusal ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command hook_run{
    .name = "hook run",
    .summary = "Decide the push or the tool call that standard input describes",
    .positionals = {{"HOOK", "Who calls", true, "pre-push|pre-receive|claude-code|json"},
                    {"ARGUMENT", "What git gives the hook, after --; not read", false, {}, true}},
    .options = {{"--origin", "NAME", "The log that must be there"},
                {"--key", "VKEY", "The key that the log must have"},
                {"--actor", "ID", "For whom the hook asks"},
                {"--repository", "NAME", "Of a push: the repository's name in decisions"},
                {"--project", "DIR", "Of a tool call: where files are inside"},
                {"--deadline", "SPAN",
                 "Of a tool call: blocked without a decision by then; else 5s"}},
    .examples =
        {"lexecon hook run pre-push --node \"$PWD/.lexecon\" --origin example.org/log "
         "--key \"$(lexecon key show)\" --repository app --actor ai_agent:coder < /dev/null"},
    .run = run,
    .discovers = false,
    .acts = true,
};

}  // namespace lexecon::cli
