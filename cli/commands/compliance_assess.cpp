// lexecon compliance assess: the conclusion of a named assessor about what is asked.
#include <utility>

#include "commands.hpp"
#include "context.hpp"
#include "statement_options.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  auto said = statement_from(given, compliance::StatementSort::assessed);
  const auto conclusion = required_text(given, "--conclusion");
  if (conclusion != "left_out") said.satisfied = conclusion == "satisfied";
  said.from = required_day(given, "--from");
  said.to = required_day(given, "--to");
  said.expires_on = day_option(given, "--expires");
  return state(given, context, std::move(said), "--statement");
}

}  // namespace

const Command compliance_assess{
    .name = "compliance assess",
    .summary = "Conclude, signed, whether what is asked was satisfied",
    .positionals = {item_positional()},
    .options = statement_options(
        {{"--conclusion", "CONCLUSION", "What the assessor concludes", false,
          "satisfied|not_satisfied|left_out"},
         {"--from", "DATE", "The first day of the period that it is about"},
         {"--to", "DATE", "Its last day"},
         {"--expires", "DATE", "From that day on it says nothing"}},
        {"--statement", "TEXT", "What it rests on; sealed"},
        {"--statement-file", "FILE", "The same from a file, or - for standard input"}),
    .examples = {"lexecon compliance assess eu_ai_act:aia-26.2 --system triage --conclusion "
                 "not_satisfied --from 2026-01-01 --to 2026-06-30 --statement 'nobody was named "
                 "for nights' --as bob --sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
