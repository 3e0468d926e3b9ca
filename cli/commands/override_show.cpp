// lexecon override show: one override, what it replaced and what became of it.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "override_text.hpp"
#include "service/overrides.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto found =
      service::show_override(node, given.text("OVERRIDE").value_or(""), context.session().now);
  context.answer(service::to_json(found), override_text);
  return ExitCode::yes;
}

}  // namespace

const Command override_show{
    .name = "override show",
    .summary = "Print an override: what it replaced, who, why, and what it touched",
    .positionals = {{"OVERRIDE", "Its id, ovr_…"}},
    .options = with_tenant({}),
    .examples = {"lexecon override show $(lexecon override list --reverse --limit 1 --format jsonl "
                 "| jq -r .override_id)"},
    .run = run,
    .tenant_ids = {{"OVERRIDE"}},
};

}  // namespace lexecon::cli
