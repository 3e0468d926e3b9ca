// lexecon escalation sla: which open escalations are beyond their time.
#include "commands.hpp"
#include "context.hpp"
#include "escalation_text.hpp"
#include "output.hpp"
#include "service/escalations.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  if (document["open"] == 0) return "no open escalations\n";
  return escalation_table(document["escalations"]) + shown(document, "open") + " open, " +
         shown(document, "overdue") + " overdue, " + shown(document, "recorded") +
         " breaches recorded now\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto document = service::escalation_sla(node, !given.has("--no-record"), context.session());
  context.answer(document, text_of);
  return document["overdue"] == 0 ? ExitCode::yes : ExitCode::no;
}

}  // namespace

const Command escalation_sla{
    .name = "escalation sla",
    .summary = "Hold the open escalations against their time, and record what is overdue",
    .options = {{"--no-record", "", "Only report"}},
    .examples = {"lexecon escalation sla", "lexecon escalation sla --no-record"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
