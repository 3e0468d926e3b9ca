// lexecon responsibility show: who answers for a decision, and who did before.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "responsibility_text.hpp"
#include "service/responsibilities.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  const auto& recorded = document["recorded"];
  auto text = facts({{"decision", shown(document, "decision_id")},
                     {"recorded", shown(recorded, "maker") + ", " + shown(recorded, "level") +
                                      ", for " + shown(document, "actor")},
                     {"entry", shown(document, "decision_entry_id")}});
  for (const auto& each : document["assignments"]) text += "\n" + assignment_text(each);
  return text;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto document = service::show_responsibility(node, given.text("DECISION").value_or(""),
                                                     context.session().now);
  context.answer(document, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command responsibility_show{
    .name = "responsibility show",
    .summary = "Print who answers for a decision, and who did before",
    .positionals = {{"DECISION", "The id of the decision"}},
    .options = with_tenant({}),
    .examples = {"lexecon responsibility show dec_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B"},
    .run = run,
    .tenant_ids = {{"DECISION"}},
};

}  // namespace lexecon::cli
