// lexecon decide: judge one request and record the verdict.
#include "service/decide.hpp"

#include <unistd.h>

#include <utility>

#include "base/error.hpp"
#include "batch.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "decision_text.hpp"
#include "request_arguments.hpp"
#include "service/draft.hpp"
#include "service/sets.hpp"

namespace lexecon::cli {
namespace {

void warn_of_addresses(const decision::Request& request, Context& context) {
  for (const auto& term : {request.actor, request.resource.value_or("")}) {
    if (term.find('@') == std::string::npos) continue;
    context.note("warning: `" + term + "` looks like a person's address and can never be erased");
  }
}

/// The place alone: what stands there is said nowhere.
void warn_of_prohibited(const service::Decision& decision, Context& context) {
  if (!decision.prohibited) return;
  context.note("warning: prohibited content (" + std::string(to_string(decision.prohibited->kind)) +
               ") at " + decision.prohibited->pointer);
}

/// People who edit policies expect them to hold; on a terminal they are told when they do not.
void mention_draft(Context& context) {
  if (isatty(STDERR_FILENO) != 1) return;
  try {
    const auto node = service::open_node(context.node());
    const auto active = service::find_set(node, std::nullopt);
    const auto draft = decision::digests(service::read_draft(node.files));
    if (service::drift(draft, active.files).any()) {
      context.note("the folder differs from the active set: lexecon status shows how");
    }
  } catch (const Error&) {
    // A hint is never the reason why a decision is not answered.
    context.note("the folder could not be compared with the active set: run lexecon status");
  }
}

service::DecideOptions options_from(const Arguments& given, std::string via) {
  return {.via = std::move(via),
          .life_seconds = seconds_option(given, "--ttl"),
          .audience = given.text("--aud"),
          .with_token = !given.has("--no-token")};
}

ExitCode run_batch(const Arguments& given, const std::string& input, Context& context) {
  require_alone(given, "--batch");
  for (const auto* other : {"--request", "--dry-run", "--pointer"}) {
    if (!given.has(other)) continue;
    throw Error(ErrorCode::usage, "expected --batch without " + std::string(other));
  }
  const auto options = options_from(given, "batch");
  const auto files = service::find_node(context.node());
  mention_draft(context);
  return decide_batch({.input = input, .explain = given.has("--explain")}, files, options, context);
}

ExitCode run(const Arguments& given, Context& context) {
  if (const auto batch = given.text("--batch")) return run_batch(given, *batch, context);
  const auto request = request_from(given, context);
  const auto files = service::find_node(context.node());
  const auto options = options_from(given, "cli");
  const auto decision = given.has("--dry-run")
                            ? service::dry_run(service::open_node(context.node()), request, options,
                                               context.session())
                            : service::decide(files, request, options, context.session());
  warn_of_addresses(request, context);
  warn_of_prohibited(decision, context);
  mention_draft(context);
  context.answer(service::to_json(decision, given.has("--explain")), decision_text);
  return decision.held_by ? ExitCode::no : exit_code(decision.outcome);
}

}  // namespace

const Command decide{
    .name = "decide",
    .summary = "Judge one request and record the verdict",
    .options = with_request(
        {{"--batch", "FILE", "Decide each line, a request as JSON, or - for standard input"},
         {"--ttl", "SPAN", "How long the token of an approval lives, at most 24h"},
         {"--aud", "NAME", "Who may accept the token; the node's log unless given"},
         {"--no-token", "", "Record an approval without making its token"},
         {"--dry-run", "", "Judge only: record nothing, make no token"},
         {"--explain", "", "Show every relation that was looked at"}}),
    .examples = {"lexecon decide --actor human:alice --action deploy --resource env:staging",
                 "echo '{\"actor\":\"human:alice\",\"action\":\"read\"}' | lexecon decide "
                 "--request - --json",
                 "echo '{\"actor\":\"human:alice\",\"action\":\"read\"}' | lexecon decide "
                 "--batch - --no-token"},
    .run = run,
    .acts = true,
    .lines_option = "--batch",
};

}  // namespace lexecon::cli
