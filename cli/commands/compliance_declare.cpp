// lexecon compliance declare: what no entry can show by itself, said by a named person.
#include <utility>

#include "commands.hpp"
#include "context.hpp"
#include "statement_options.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  auto said = statement_from(given, compliance::StatementSort::declared);
  said.kind = given.text("--kind");
  said.evidence_id = given.text("--evidence");
  said.expires_on = day_option(given, "--expires");
  return state(given, context, std::move(said), "--statement");
}

}  // namespace

const Command compliance_declare{
    .name = "compliance declare",
    .summary = "State, signed, what no entry can show by itself",
    .positionals = {item_positional()},
    .options = statement_options(
        {{"--kind", "KIND",
          "The kind of evidence that it stands for; unless given, the whole item"},
         {"--evidence", "ID", "The document that it points to, evd_…"},
         {"--expires", "DATE", "From that day on it says nothing"}},
        {"--statement", "TEXT", "What is stated; sealed"},
        {"--statement-file", "FILE", "The same from a file, or - for standard input"}),
    .examples = {"lexecon compliance declare eu_ai_act:aia-26.2 --system triage --expires "
                 "2030-01-01 --statement 'the desk was trained in March' --as bob --sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
