// lexecon override list: the overrides on record.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "listing.hpp"
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
          .tenant = entries.tenant,
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
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.overrides/1", "overrides", text_of}, [&](const Show& show) {
    for (const auto& each : service::list_overrides(node, filter, now)) {
      show(service::to_json(each));
    }
  });
  return ExitCode::yes;
}

}  // namespace

const Command override_list{
    .name = "override list",
    .summary = "List the overrides on record, oldest first",
    .options = with_format(
        with_window({{"--type", "TYPE", "Only overrides of this type", false, override_types},
                     {"--scope", "SCOPE", "Only overrides of this scope", false, override_scopes},
                     {"--in-force", "", "Only those that hold now"},
                     {"--decision", "ID", "Only those of this decision"},
                     {"--actor", "ID", "Only those of this operator, as in operator:bob"},
                     {"--tenant", "ID", "Only what belongs to this tenant"}})),
    .examples = {"lexecon override list", "lexecon override list --in-force --format jsonl"},
    .run = run,
    .tenant_ids = {{"--decision"}},
};

}  // namespace lexecon::cli
