// lexecon evidence verify: whether evidence is what was added.
#include "service/evidence_verify.hpp"

#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  if (document["verdict"] == "nothing_to_check" && document["strays"].empty()) {
    return "there is no evidence to verify\n";
  }
  std::string out = shown(document, "verdict") + ", " + shown(document, "verified") +
                    " verified, " + shown(document, "failed") + " failed, " +
                    shown(document, "erased") + " erased\n";
  for (const auto& each : document["evidence"]) {
    if (each["status"] != "fail") continue;
    out += "fail  " + shown(each, "ledger_entry_id") + ", " + shown(each, "evidence_id") + ": " +
           shown(each, "detail") + "\n";
  }
  for (const auto& each : document["strays"]) {
    out += (each["harmless"].get<bool>() ? "note  " : "fail  ") + printable(shown(each, "path")) +
           ": " + shown(each, "what") + "\n";
  }
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto verification = service::verify_evidence(node, given.texts("ID"));
  context.answer(service::to_json(verification), text_of);
  switch (verification.verdict()) {
    case service::EvidenceVerdict::valid:
      return ExitCode::yes;
    case service::EvidenceVerdict::invalid:
      return ExitCode::no;
    case service::EvidenceVerdict::nothing_to_check:
      return ExitCode::nothing_to_check;
  }
  return ExitCode::internal;
}

}  // namespace

const Command evidence_verify{
    .name = "evidence verify",
    .summary = "Check that evidence is what was added, and that nothing else lies there",
    .positionals = {{"ID", "Only this evidence, evd_…", false, {}, true}},
    .options = with_tenant({}),
    .examples = {"lexecon evidence verify"},
    .run = run,
    .tenant_ids = {{"ID"}},
};

}  // namespace lexecon::cli
