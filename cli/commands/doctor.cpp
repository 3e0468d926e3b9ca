// lexecon doctor: what an operator wants to know of a node and its machine before trusting them.
#include "service/doctor.hpp"

#include "commands.hpp"
#include "context.hpp"
#include "hook_check.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"CHECK", "STATUS", "DETAIL"}};
  std::string mends;
  for (const auto& finding : document["findings"]) {
    rows.push_back({shown(finding, "name"), shown(finding, "status"), shown(finding, "detail")});
    if (!finding["mend"].is_null()) {
      mends += "mend " + shown(finding, "name") + ": " + shown(finding, "mend") + "\n";
    }
  }
  return table(rows) + mends + "whether the entries are true: " + shown(document, "verify") + "\n";
}

ExitCode run(const Arguments&, Context& context) {
  auto diagnosis =
      service::examine(context.node(), context.session().write.state_home, context.session().now);
  diagnosis.findings.push_back(look_at_hooks(diagnosis.folder));
  context.answer(service::to_json(diagnosis), text_of);
  return service::is_sound(diagnosis) ? ExitCode::yes : ExitCode::no;
}

}  // namespace

const Command doctor{
    .name = "doctor",
    .summary = "Examine the node and the machine before they are trusted; write nothing",
    .examples = {"lexecon doctor", "lexecon doctor --json | jq -r '.findings[].mend // empty'"},
    .run = run,
};

}  // namespace lexecon::cli
