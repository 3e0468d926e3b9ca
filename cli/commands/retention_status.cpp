// lexecon retention status: where sealed content stands by the classes of the set in force.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "retention_text.hpp"
#include "service/retention.hpp"

namespace lexecon::cli {
namespace {

service::RetentionFilter filter_from(const Arguments& given) {
  service::RetentionFilter out{.class_name = given.text("--class")};
  if (const auto state = given.text("--state")) out.keeping = service::keeping_from(*state);
  if (const auto within = given.text("--within")) {
    const auto span = parse_span(*within);
    if (!span) {
      throw Error(ErrorCode::usage, "expected a span for `--within`, seen `" + *within + "`", {},
                  "90s 5m 12h 30d 2w 6mo 1y");
    }
    out.within = *span;
  }
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto filter = filter_from(given);
  const bool is_lines = prints_lines(given, context);
  const auto node = service::open_node(context.node());
  const auto document = service::retention_status(node, filter, context.session().now);
  if (is_lines) {
    for (const auto& each : document["contents"]) context.print(json_text(each, false));
  } else {
    context.answer(document, retention_text);
  }
  return ExitCode::yes;
}

}  // namespace

const Command retention_status{
    .name = "retention status",
    .summary = "Show what is kept for how long, what expires and what is held",
    .options = with_format({{"--class", "NAME", "Only this class of the set in force"},
                            {"--state", "STATE", "Only contents in this state", false,
                             "active|expiring|on_hold|erased"},
                            {"--within", "SPAN", "What expires so soon is expiring, as in 30d"}}),
    .examples = {"lexecon retention status",
                 "lexecon retention status --within 30d --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
