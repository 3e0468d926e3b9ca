// lexecon override list: the overrides on record.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "override_text.hpp"
#include "service/overrides.hpp"

namespace lexecon::cli {
namespace {

service::OverrideFilter filter_from(const Arguments& given, Timestamp now) {
  const auto entries = entry_filter(given, now);
  const auto scope = given.text("--scope");
  return {.type = entries.event_type,
          .scope = scope ? authority::override_scope_from(*scope) : std::nullopt,
          .decision_id = entries.decision_id,
          .actor = entries.actor,
          .from = entries.from,
          .to = entries.to,
          .limit = entries.limit,
          .in_force = given.has("--in-force"),
          .reverse = entries.reverse};
}

std::string text_of(const Json& document) { return override_table(document["overrides"]); }

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const auto filter = filter_from(given, now);
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  const auto node = service::open_node(context.node());
  auto documents = Json::array();
  for (const auto& each : service::list_overrides(node, filter, now)) {
    documents.push_back(service::to_json(each));
  }
  if (format == "jsonl") {
    for (const auto& each : documents) context.print(json_text(each, false));
  } else {
    context.answer({{"schema", "lexecon.overrides/1"}, {"overrides", documents}}, text_of);
  }
  return ExitCode::yes;
}

}  // namespace

const Command override_list{
    .name = "override list",
    .summary = "List the overrides on record, oldest first",
    .options = {{"--type", "TYPE", "Only overrides of this type", false, override_types},
                {"--scope", "SCOPE", "Only overrides of this scope", false, override_scopes},
                {"--in-force", "", "Only those that hold now"},
                {"--decision", "ID", "Only those of this decision"},
                {"--actor", "ID", "Only those of this operator, as in operator:bob"},
                {"--from", "TIME",
                 "From this time on: RFC 3339, or a span back from now as in 30d"},
                {"--to", "TIME", "Before this time"},
                {"--limit", "N", "At most so many"},
                {"--reverse", "", "The newest first"},
                {"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}},
    .examples = {"lexecon override list", "lexecon override list --in-force --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
