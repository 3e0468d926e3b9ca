// lexecon ledger rebuild: make every table again from the entries.
#include "commands.hpp"
#include "context.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "service/node.hpp"
#include "service/rebuild.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& rebuilt) {
  std::string out = rebuilt["changed"].get<bool>() ? "rebuilt from " : "nothing to mend in ";
  out += shown(rebuilt, "entries") + " entries\n";
  std::vector<std::vector<std::string>> rows{{"TABLE", "ROWS", ""}};
  for (const auto& table : rebuilt["tables"]) {
    rows.push_back({shown(table, "name"), shown(table, "rows"),
                    table["changed"].get<bool>() ? "mended" : "as it was"});
  }
  return out + table(rows);
}

ExitCode run(const Arguments&, Context& context) {
  const auto node = service::open_node(context.node());
  const auto rebuilt = service::rebuild(node.files, context.session().write);
  context.answer(service::to_json(rebuilt), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command ledger_rebuild{
    .name = "ledger rebuild",
    .summary = "Make every table again from the entries",
    .examples = {"lexecon ledger rebuild", "lexecon ledger rebuild --pointer /changed"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
