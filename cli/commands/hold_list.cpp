// lexecon hold list: the holds on record.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "hold_text.hpp"
#include "listing.hpp"
#include "service/holds.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) { return hold_table(document["holds"]); }

ExitCode run(const Arguments& given, Context& context) {
  service::HoldFilter filter{.in_force = given.has("--in-force")};
  put_window(filter, given, context.session().now);
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.holds/1", "holds", text_of}, [&](const Show& show) {
    for (auto& each : service::list_holds(node, filter)) show(std::move(each));
  });
  return ExitCode::yes;
}

}  // namespace

const Command hold_list{
    .name = "hold list",
    .summary = "List the holds on record, oldest first",
    .options = with_format(with_window({{"--in-force", "", "Only those that were not released"}})),
    .examples = {"lexecon hold list", "lexecon hold list --in-force --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
