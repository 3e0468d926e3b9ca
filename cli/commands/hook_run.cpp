// lexecon hook run: what an installed hook calls; every ref of a push is decided, or none goes.
#include <unistd.h>

#include "base/files.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "crypto/identity.hpp"
#include "decision/request.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "push.hpp"
#include "service/decide.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

using std::chrono_literals::operator""s;

constexpr std::uint64_t max_input_bytes = 1U << 20U;
constexpr auto patience = 20s;  // for all questions to git together

std::string required(const Arguments& given, std::string_view name) {
  if (auto value = given.text(name)) return *value;
  throw Error(ErrorCode::usage, "expected " + std::string(name), {},
              "`lexecon hook install` writes it into the hook");
}

/// SECURITY: the node that answers is the one the hook was installed for, not another in its place.
service::Node expected_node(const Arguments& given, Context& context) {
  const auto origin = required(given, "--origin");
  auto node = service::open_node(context.node());
  if (node.origin != origin) {
    throw Error(
        ErrorCode::not_permitted, "expected the log `" + origin + "`, seen `" + node.origin + "`",
        node.files.folder.string(), "install the hook again if the node was meant to change");
  }
  if (const auto key = given.text("--key")) {
    const auto pin = crypto::parse_pin(*key, "--key");
    if (pin.key != node.keys.in_force().key || (pin.name && *pin.name != node.origin)) {
      throw Error(ErrorCode::not_permitted, "the node has another ledger key than the hook names",
                  node.files.folder.string(),
                  node.keys.had(pin.key) ? "the key was rotated: install the hook again" : "");
    }
  }
  return node;
}

std::vector<decision::Request> requests_for(const std::vector<RefUpdate>& updates,
                                            const Arguments& given) {
  const auto actor =
      policy::request_term(policy::TermType::actor, required(given, "--actor"), "--actor");
  const auto repository = required(given, "--repository");
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
  const auto node = expected_node(given, context);
  const auto updates =
      read_updates(hook, read_descriptor(STDIN_FILENO, max_input_bytes, "standard input"));
  const auto requests = requests_for(updates, given);
  Json decisions = Json::array();
  std::optional<std::string> first_refusal;
  if (!requests.empty()) {
    const service::DecideOptions options{
        .via = "hook:" + hook, .life_seconds = {}, .audience = {}, .with_token = false};
    for (const auto& each : service::decide_all(node, requests, options, context.session())) {
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
    .summary = "Decide the push that git describes on standard input",
    .positionals = {{"HOOK", "Where it stands in a push", true, "pre-push|pre-receive"},
                    {"ARGUMENT", "What git gives the hook, after --; not read", false, {}, true}},
    .options = {{"--origin", "NAME", "The log that must be there"},
                {"--key", "VKEY", "The key that the log must have"},
                {"--actor", "ID", "For whom the hook asks"},
                {"--repository", "NAME", "The repository's name in decisions"}},
    .examples =
        {"lexecon hook run pre-push --node \"$PWD/.lexecon\" --origin example.org/log "
         "--key \"$(lexecon key show)\" --repository app --actor ai_agent:coder < /dev/null"},
    .run = run,
    .discovers = false,
    .acts = true,
};

}  // namespace lexecon::cli
