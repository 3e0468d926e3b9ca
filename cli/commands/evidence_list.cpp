// lexecon evidence list: the evidence on record.
#include <limits>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "evidence_text.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "service/evidence.hpp"

namespace lexecon::cli {
namespace {

oversight::EvidenceFilter filter_from(const Arguments& given, Timestamp now) {
  const auto entries = entry_filter(given, now);
  return {.type = entries.event_type,
          .decision_id = entries.decision_id,
          .control = given.text("--control"),
          .actor = entries.actor,
          .from = entries.from,
          .to = entries.to,
          .limit = entries.limit,
          .reverse = entries.reverse};
}

std::string text_of(const Json& document) { return evidence_table(document["evidence"]); }

ExitCode run(const Arguments& given, Context& context) {
  const auto filter = filter_from(given, context.session().now);
  const auto format = given.text("--format");
  if (format && context.wants_json()) {
    throw Error(ErrorCode::usage, "expected --format or --json, seen both");
  }
  auto documents = Json::array();
  const auto node = service::open_node(context.node());
  service::each_evidence(node, filter, [&](const service::Evidence& each) {
    auto document = service::to_json(each);
    if (format == "jsonl") return context.print(json_text(document, false));
    documents.push_back(std::move(document));
  });
  if (format != "jsonl") {
    context.answer({{"schema", "lexecon.evidence_list/1"}, {"evidence", documents}}, text_of);
  }
  return ExitCode::yes;
}

}  // namespace

const Command evidence_list{
    .name = "evidence list",
    .summary = "List the evidence on record, oldest first",
    .options = {{"--type", "TYPE", "Only evidence of this type", false, evidence_types},
                {"--decision", "ID", "Only what is for this decision, itself and its policy too"},
                {"--control", "ID", "Only what is for this control"},
                {"--actor", "ID", "Only evidence of this actor"},
                {"--from", "TIME",
                 "From this time on: RFC 3339, or a span back from now as in 30d"},
                {"--to", "TIME", "Before this time"},
                {"--limit", "N", "At most so many"},
                {"--reverse", "", "The newest first"},
                {"--format", "FORMAT", "A table, or one document a line", false, "table|jsonl"}},
    .examples = {"lexecon evidence list", "lexecon evidence list --type decision_log --limit 5"},
    .run = run,
};

}  // namespace lexecon::cli
