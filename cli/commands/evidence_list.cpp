// lexecon evidence list: the evidence on record.
#include "commands.hpp"
#include "context.hpp"
#include "evidence_text.hpp"
#include "filters.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "service/evidence.hpp"

namespace lexecon::cli {
namespace {

oversight::EvidenceFilter filter_from(const Arguments& given, Timestamp now) {
  const auto entries = entry_filter(given, now);
  return {.type = entries.event_type,
          .decision_id = entries.decision_id,
          .control = given.text("--control"),
          .tenant = entries.tenant,
          .actor = entries.actor,
          .from = entries.from,
          .to = entries.to,
          .limit = entries.limit,
          .reverse = entries.reverse};
}

std::string text_of(const Json& document) { return evidence_table(document["evidence"]); }

ExitCode run(const Arguments& given, Context& context) {
  const auto filter = filter_from(given, context.session().now);
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.evidence_list/1", "evidence", text_of}, [&](const Show& show) {
    service::each_evidence(node, filter,
                           [&](const service::Evidence& each) { show(service::to_json(each)); });
  });
  return ExitCode::yes;
}

}  // namespace

const Command evidence_list{
    .name = "evidence list",
    .summary = "List the evidence on record, oldest first",
    .options = with_format(with_window(
        {{"--type", "TYPE", "Only evidence of this type", false, evidence_types},
         {"--decision", "ID", "Only what is for this decision, itself and its policy too"},
         {"--control", "ID", "Only what is for this control"},
         {"--actor", "ID", "Only evidence of this actor"},
         {"--tenant", "ID", "Only what belongs to this tenant"}})),
    .examples = {"lexecon evidence list", "lexecon evidence list --type decision_log --limit 5"},
    .run = run,
    .tenant_ids = {{"--decision"}},
};

}  // namespace lexecon::cli
