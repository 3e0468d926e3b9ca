// lexecon oversight resume: end an emergency stop.
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "service/stops.hpp"
#include "signing.hpp"
#include "stop_text.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  return facts({{"resumed", stopped_text(document)},
                {"stop", shown(document, "stop_id")},
                {"held for", shown(document, "held_seconds") + " s"},
                {"reason", shown(document, "reason")},
                {"by", shown(document, "actor")},
                {"entry", shown(document, "ledger_entry_id")}});
}

ExitCode run(const Arguments& given, Context& context) {
  const auto reason = required_reason(given);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::resume_agents(node, given.text("STOP").value_or(""), reason, signer,
                                        context.session()),
                 text_of);
  return ExitCode::yes;
}

}  // namespace

const Command oversight_resume{
    .name = "oversight resume",
    .summary = "End an emergency stop",
    .positionals = {{"STOP", "The stop, stp_…; lexecon status shows those that hold"}},
    .options = with_signing(
        {{"--reason", "CODE", "Why, as a code of a-z 0-9 _ . : -; it stays on record"}}),
    .examples = {"lexecon oversight resume stp_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B --reason all_clear --as "
                 "alice --sign-with ~/.ssh/id_ed25519 || test $? -ge 64"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
