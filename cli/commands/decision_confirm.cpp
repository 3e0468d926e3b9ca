// lexecon decision confirm: a person meets what a decision still lacks.
#include "answer_text.hpp"
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto requirement = given.text("--requirement");
  if (!requirement) {
    throw Error(ErrorCode::usage, "expected --requirement NAME", {},
                "lexecon decision show says what a decision still lacks");
  }
  const auto said = said_from(given, context);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::confirm(node, given.text("DECISION").value_or(""), *requirement, said,
                                  signer, context.session()),
                 answer_text);
  return ExitCode::yes;
}

}  // namespace

const Command decision_confirm{
    .name = "decision confirm",
    .summary = "Meet a requirement that a decision lacks, by an operator's signature",
    .positionals = {{"DECISION", "Its id, dec_…"}},
    .options = with_tenant(
        with_answer({{"--requirement", "NAME", "What it lacks, as decision show names it"}})),
    .examples = {"lexecon decision confirm $(cat .decision) --requirement dual_authorization "
                 "--as bob --sign-with bob"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"DECISION"}},
};

}  // namespace lexecon::cli
