// lexecon risk show: the risk record of one decision.
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "risk_text.hpp"
#include "service/decisions.hpp"
#include "service/risk.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  const auto factors = document["factors"].get<std::vector<std::string>>();
  return facts(
      {{"risk", shown(document, "risk_id")},
       {"score", shown(document, "score")},
       {"level", shown(document, "level")},
       {"dimensions", dimensions_text(document["dimensions"])},
       {"factors", factors.empty() ? "-" : join(factors, ", ")},
       {"actor", shown(document, "actor")},
       {"action", shown(document, "action")},
       {"resource", shown(document, "resource")},
       {"outcome", shown(document, "outcome") + " (" + shown(document, "reason_code") + ")"},
       {"set", shown(document, "policy_hash")},
       {"time", shown(document, "timestamp")},
       {"entry", shown(document, "ledger_entry_id")},
       {"hash", shown(document, "entry_hash")}});
}

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto decision = service::show_risk(node, given.text("ID").value());
  context.answer(service::risk_record(decision), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command risk_show{
    .name = "risk show",
    .summary = "Print the risk record of one decision, its entry hashed again",
    .positionals = {{"ID", "Of the decision, dec_…, or of its risk record, rsk_…"}},
    .options = with_tenant({}),
    .examples = {"lexecon risk show $(echo "
                 "'{\"actor\":\"human:alice\",\"action\":\"read\",\"risk\":{\"security\":40}}' "
                 "| lexecon decide --request - --no-token --pointer /risk/risk_id)"},
    .run = run,
    .tenant_ids = {{"ID"}},
};

}  // namespace lexecon::cli
