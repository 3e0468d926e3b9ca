// lexecon hold place: keep sealed content from being erased, whatever period has ended.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_argument.hpp"
#include "filters.hpp"
#include "hold_text.hpp"
#include "policy/term.hpp"
#include "service/holds.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

std::string required(const Arguments& given, const std::string& name) {
  auto text = given.text(name);
  if (!text) throw Error(ErrorCode::usage, "expected " + name);
  return *std::move(text);
}

/// The decisions of one actor, of a tenant, of a time; nothing when none of these was given.
std::optional<ledger::EntryFilter> decisions_from(const Arguments& given, Timestamp now) {
  ledger::EntryFilter filter;
  filter.event_type = "decision";
  if (const auto subject = given.text("--subject")) {
    filter.actor = policy::request_term(policy::TermType::actor, *subject, "--subject");
  }
  filter.tenant = given.text("--tenant");
  filter.from = time_option(given, "--from", now);
  filter.to = time_option(given, "--to", now);
  if (!filter.actor && !filter.tenant && !filter.from && !filter.to) return std::nullopt;
  return filter;
}

retention::Selection selection_from(const Arguments& given, Timestamp now) {
  retention::Selection out{.ids = given.texts("ID"), .decisions = decisions_from(given, now)};
  for (const auto& typed : given.texts("--seq")) out.seqs.push_back(seq_argument(typed));
  if (out.ids.empty() && out.seqs.empty() && !out.decisions) {
    throw Error(ErrorCode::usage,
                "expected what to hold: ids, --seq, --subject, --tenant or --from");
  }
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const service::NewHold hold{.id = required(given, "--id"),
                              .reason = required(given, "--reason"),
                              .content = selection_from(given, context.session().now)};
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  context.answer(service::place_hold(node, hold, signer, context.session()), hold_text);
  return ExitCode::yes;
}

}  // namespace

const Command hold_place{
    .name = "hold place",
    .summary = "Keep sealed content from being erased, whatever period has ended",
    .positionals = {{"ID",
                     "A decision, evidence or an entry; all that is on record about it",
                     false,
                     {},
                     true}},
    .options = with_signing(
        {{"--id", "HOLD", "What the hold is called, once and for ever: the number of a case"},
         {"--reason", "TEXT", "Why; sealed"},
         {"--seq", "N", "An entry with sealed content, and nothing else about it", true},
         {"--subject", "ACTOR", "All that is on record about the decisions of this actor"},
         {"--tenant", "ID", "The same of this tenant"},
         {"--from", "TIME",
          "Of decisions from this time on: RFC 3339, or a span back from now as in 30d"},
         {"--to", "TIME", "Of decisions before this time"}}),
    .examples =
        {"lexecon hold place --subject ai_agent:deployer --from 90d --id case-4711 --reason "
         "'claim of a customer, see the letter of 3 May' --as bob --sign-with bob"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
