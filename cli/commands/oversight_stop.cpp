// lexecon oversight stop: the brake.
#include "base/error.hpp"
#include "base/ids.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "service/stops.hpp"
#include "signing.hpp"
#include "stop_text.hpp"

namespace lexecon::cli {
namespace {

service::NewStop stop_from(const Arguments& given) {
  const int named =
      int{given.has("--all")} + int{given.has("--tenant")} + int{given.has("--actor")};
  if (named != 1) {
    throw Error(ErrorCode::usage, "expected exactly one of --all, --tenant and --actor");
  }
  service::NewStop stop{
      .scope = "all", .target = {}, .reason = required_reason(given), .note = given.text("--note")};
  if (const auto tenant = given.text("--tenant")) {
    if (!is_free_identifier(*tenant)) {
      throw Error(ErrorCode::bad_input, "expected a tenant, got `" + *tenant + "`", "--tenant");
    }
    stop.scope = "tenant";
    stop.target = *tenant;
  }
  if (const auto actor = given.text("--actor")) {
    stop.scope = "actor";
    stop.target = policy::request_term(policy::TermType::actor, *actor, "--actor");
  }
  return stop;
}

std::string text_of(const Json& document) {
  auto out = facts({{"stopped", stopped_text(document)},
                    {"stop", shown(document, "stop_id")},
                    {"reason", shown(document, "reason")},
                    {"by", shown(document, "actor")},
                    {"entry", shown(document, "ledger_entry_id")}});
  out +=
      "nothing is approved, no token issued and none accepted, until a compliance officer or an "
      "admin runs\n  lexecon oversight resume " +
      shown(document, "stop_id") + " --reason CODE --as NAME --sign-with FILE\n";
  if (!document["has_operators"].get<bool>()) {
    out +=
        "nobody is an operator yet; the first one is added during the stop:\n"
        "  lexecon operator add NAME --key FILE.pub --role admin\n";
  }
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto stop = stop_from(given);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::stop_agents(node, stop, signer, context.session()), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command oversight_stop{
    .name = "oversight stop",
    .summary = "Stop every agent, those of a tenant, or one actor",
    .options =
        with_signing({{"--all", "", "Whoever asks"},
                      {"--tenant", "ID", "Whoever asks for this tenant"},
                      {"--actor", "ID", "This actor"},
                      {"--reason", "CODE", "Why, as a code of a-z 0-9 _ . : -; it stays on record"},
                      {"--note", "TEXT", "Why, in words; sealed content that can be erased"}}),
    .examples = {"lexecon oversight stop --all --reason incident",
                 "lexecon oversight stop --actor ai_agent:deployer --reason runaway"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
