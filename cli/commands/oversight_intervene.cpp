// lexecon oversight intervene: what a person did that no other command records.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "service/interventions.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_note_bytes = 65'537;  // a longer one is refused with what is expected

std::string note_from(const Arguments& given, Context& context) {
  const auto text = given.text("--note");
  const auto file = given.text("--note-file");
  if (text.has_value() == file.has_value()) {
    throw Error(ErrorCode::usage, "expected exactly one of --note and --note-file");
  }
  return text ? *text : context.read_input(*file, max_note_bytes);
}

std::string required(const Arguments& given, std::string_view name) {
  if (const auto text = given.text(name)) return *text;
  throw Error(ErrorCode::usage, "expected " + std::string(name));
}

std::string text_of(const Json& document) {
  return facts({{"intervened", shown(document, "type")},
                {"as", shown(document, "role")},
                {"decision", shown(document, "decision_id")},
                {"intervention", shown(document, "intervention_id")},
                {"by", shown(document, "actor")},
                {"entry", shown(document, "ledger_entry_id")}});
}

ExitCode run(const Arguments& given, Context& context) {
  const service::NewIntervention wanted{.type = required(given, "--type"),
                                        .role = required(given, "--role"),
                                        .note = note_from(given, context),
                                        .decision_id = given.text("--decision")};
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::intervene(node, wanted, signer, context.session()), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command oversight_intervene{
    .name = "oversight intervene",
    .summary = "Record what a person did about the machine, signed",
    .options = with_tenant(with_signing(
        {{"--decision", "ID", "The decision that it is about"},
         {"--type", "TYPE", "What it was", false,
          "approval|override|escalation|emergency_stop|policy_exception|manual_review"},
         {"--role", "ROLE", "In which role of oversight", false,
          "compliance_officer|security_lead|legal_counsel|risk_manager|executive|soc_analyst"},
         {"--note", "TEXT", "What was done and why; sealed content that can be erased"},
         {"--note-file", "FILE", "The same from a file, or - for standard input"}})),
    .examples = {"lexecon oversight intervene --type manual_review --role risk_manager --note "
                 "'limits read with the desk' --as alice --sign-with ~/.ssh/id_ed25519 || test $? "
                 "-ge 64"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"--decision"}},
};

}  // namespace lexecon::cli
