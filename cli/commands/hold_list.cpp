// lexecon hold list: the holds on record.
#include <limits>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "hold_text.hpp"
#include "output.hpp"
#include "service/holds.hpp"

namespace lexecon::cli {
namespace {

service::HoldFilter filter_from(const Arguments& given) {
  service::HoldFilter filter{.in_force = given.has("--in-force"),
                             .reverse = given.has("--reverse")};
  if (const auto limit = given.integer("--limit", 1, std::numeric_limits<std::int64_t>::max())) {
    filter.limit = static_cast<std::uint64_t>(*limit);
  }
  return filter;
}

std::string text_of(const Json& document) { return hold_table(document["holds"]); }

ExitCode run(const Arguments& given, Context& context) {
  const auto filter = filter_from(given);
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  const auto node = service::open_node(context.node());
  const auto holds = service::list_holds(node, filter);
  if (format == "jsonl") {
    for (const auto& each : holds) context.print(json_text(each, false));
  } else {
    context.answer({{"schema", "lexecon.holds/1"}, {"holds", holds}}, text_of);
  }
  return ExitCode::yes;
}

}  // namespace

const Command hold_list{
    .name = "hold list",
    .summary = "List the holds on record, oldest first",
    .options = {{"--in-force", "", "Only those that were not released"},
                {"--limit", "N", "At most so many"},
                {"--reverse", "", "The newest first"},
                {"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}},
    .examples = {"lexecon hold list", "lexecon hold list --in-force --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
