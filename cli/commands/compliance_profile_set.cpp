// lexecon compliance profile set: what a governed system is, said and signed.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "profile_options.hpp"
#include "profile_text.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_reason_bytes = 65'537;  // a longer one is refused with what is expected

std::vector<Option> options() {
  auto out = profile_options();
  out.push_back({"--reason-file", "FILE", "The same from a file, or - for standard input"});
  out.push_back({"--ask", "", "Ask at the terminal for each; begins with the profile in force"});
  return with_signing(std::move(out));
}

/// What is said now over what the profile in force says, of which nothing stays unless somebody is asked.
Answers known_from(const Arguments& given, const service::Node& node, const std::string& system) {
  Answers out;
  try {
    out = answers_of(service::show_profile(node, system));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) throw;
  }
  for (auto& [option, said] : answers_in(given)) out[option] = std::move(said);
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto system = given.text("SYSTEM").value_or("");
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  auto wanted = profile_from(
      system, given.has("--ask") ? ask_for(known_from(given, node, system)) : answers_in(given));
  if (const auto file = given.text("--reason-file")) {
    if (given.has("--reason")) {
      throw Error(ErrorCode::usage, "expected --reason or --reason-file, seen both");
    }
    wanted.reason = context.read_input(*file, max_reason_bytes);
  }
  context.answer(service::set_profile(node, wanted, signer, context.session()), profile_text);
  return ExitCode::yes;
}

}  // namespace

const Command compliance_profile_set{
    .name = "compliance profile set",
    .summary = "Say what a governed system is, signed",
    .positionals = {{"SYSTEM", "What the system is called in the ledger, [a-z0-9._-]"}},
    .options = options(),
    .examples = {"lexecon compliance profile set triage --actor 'ai_agent:triage*' --role deployer "
                 "--route annex_iii --annex-iii '5(b)' --profiling yes --placed-on 2026-03-01 "
                 "--size-class sme --member-state DE --as bob --sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
