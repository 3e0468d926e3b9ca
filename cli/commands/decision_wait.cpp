// lexecon decision wait: wait until people answered.
#include <chrono>
#include <thread>

#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "request_arguments.hpp"
#include "service/standing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::int64_t default_seconds = 7'200;
constexpr auto pause = std::chrono::milliseconds(200);

service::Standing wait_for(const service::Node& node, const std::string& decision_id, Timestamp now,
                           std::chrono::seconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  auto standing = service::standing(node, decision_id, now);
  while (standing.waiting && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(pause);
    standing = service::standing(node, decision_id, now);
  }
  return standing;
}

std::string text_of(const Json& document) {
  return shown(document, "outcome") + (document["waiting"].get<bool>() ? ": still waiting" : "") +
         " (" + shown(document, "decision_id") + ")\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto decision_id = given.text("DECISION").value_or("");
  const std::chrono::seconds patience(seconds_option(given, "--timeout").value_or(default_seconds));
  const auto node = service::open_node(context.node());
  const auto standing = wait_for(node, decision_id, context.session().now, patience);
  context.answer({{"schema", "lexecon.standing/1"},
                  {"decision_id", decision_id},
                  {"outcome", policy::to_string(standing.outcome)},
                  {"waiting", standing.waiting}},
                 text_of);
  return exit_code(standing.outcome);
}

}  // namespace

const Command decision_wait{
    .name = "decision wait",
    .summary = "Wait until people answered: an escalation, or what a decision still lacks",
    .positionals = {{"DECISION", "Its id, dec_…"}},
    .options =
        with_tenant({{"--timeout", "SPAN", "How long to wait, 2h unless given; then exit 2"}}),
    .examples = {"lexecon decision wait $(lexecon decision list --reverse --limit 1 --format jsonl "
                 "| jq -r .decision_id) --timeout 1s || test $? -le 3"},
    .run = run,
    .tenant_ids = {{"DECISION"}},
};

}  // namespace lexecon::cli
