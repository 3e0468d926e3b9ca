// lexecon escalation resolve: an operator's answer to what was too risky to decide alone.
#include <array>

#include "answer_text.hpp"
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

struct Answer {
  std::string_view option;
  const char* outcome;
};
constexpr std::array<Answer, 4> answers{{{"--approve", "approved"},
                                         {"--deny", "denied"},
                                         {"--defer", "deferred"},
                                         {"--hand-up", "escalated_up"}}};

std::string outcome_from(const Arguments& given) {
  std::string outcome;
  for (const auto& answer : answers) {
    if (!given.has(answer.option)) continue;
    if (!outcome.empty()) throw Error(ErrorCode::usage, "expected one answer, seen several");
    outcome = answer.outcome;
  }
  if (!outcome.empty()) return outcome;
  throw Error(ErrorCode::usage, "expected an answer: --approve, --deny, --defer or --hand-up", {},
              "lexecon escalation show says what yes permits");
}

ExitCode run(const Arguments& given, Context& context) {
  const auto outcome = outcome_from(given);
  const auto said = said_from(given, context);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::resolve(node, given.text("ID").value_or(""), outcome, said, signer,
                                  context.session()),
                 answer_text);
  return ExitCode::yes;
}

}  // namespace

const Command escalation_resolve{
    .name = "escalation resolve",
    .summary = "Answer an escalation, by an operator's signature",
    .positionals = {{"ID", "The escalation, esc_…, or its decision, dec_…"}},
    .options =
        with_tenant(with_answer({{"--approve", "", "Yes: one token for exactly that request"},
                                 {"--deny", "", "No, for good"},
                                 {"--defer", "", "Not now: it stays open, and its time runs on"},
                                 {"--hand-up", "", "To the next role of its path"}})),
    .examples = {"lexecon escalation resolve $(cat .decision) --approve --as bob --sign-with bob"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"ID"}},
};

}  // namespace lexecon::cli
