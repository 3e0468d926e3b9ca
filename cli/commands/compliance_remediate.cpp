// lexecon compliance remediate: what is to be done about what is asked, by whom, until when.
#include <utility>

#include "commands.hpp"
#include "context.hpp"
#include "responsibility_text.hpp"
#include "statement_options.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  auto said = statement_from(given, compliance::StatementSort::remediated);
  said.owner = who(required_text(given, "--owner"), "--owner");
  said.due = required_day(given, "--due");
  said.state = given.text("--state").value_or("open");
  return state(given, context, std::move(said), "--action");
}

}  // namespace

const Command compliance_remediate{
    .name = "compliance remediate",
    .summary = "Record, signed, what is to be done, by whom and until when",
    .positionals = {item_positional()},
    .options = statement_options(
        {{"--owner", "WHO", "Who does it: operator:NAME, or the id of an actor"},
         {"--due", "DATE", "Until when"},
         {"--state", "STATE", "How it stands (default: open)", false, "open|done|dropped"}},
        {"--action", "TEXT", "What is done; sealed"},
        {"--action-file", "FILE", "The same from a file, or - for standard input"}),
    .examples = {"lexecon compliance remediate eu_ai_act:aia-26.2 --system triage --owner "
                 "operator:alice --due 2027-03-31 --action 'name somebody for nights' --as bob "
                 "--sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
