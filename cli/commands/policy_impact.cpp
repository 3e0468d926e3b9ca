// lexecon policy impact: what another set would have said of the decisions on record.
#include "commands.hpp"
#include "context.hpp"
#include "filters.hpp"
#include "hash_argument.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "registry/sets.hpp"
#include "service/draft.hpp"
#include "service/impact.hpp"
#include "service/sets.hpp"

namespace lexecon::cli {
namespace {

decision::ActiveSet other_set(const Arguments& given, const service::Node& node, Context& context) {
  if (const auto hash = hash_argument(given.text("--set"), "--set")) {
    const auto row = service::find_set(node, hash);
    auto database = service::open_ledger(node);
    return service::load_recorded(database, row);
  }
  const auto folder = given.text("FOLDER");
  return decision::load_set(service::read_draft({folder ? Path(*folder) : context.node()}));
}

std::string groups_text(const Json& groups, const char* name) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& group : groups) {
    rows.push_back({std::string(name) + " " + shown(group, name), shown(group, "count"),
                    shown(group, "first_entry_id"), shown(group, "last_entry_id")});
  }
  return table(rows);
}

std::string text_of(const Json& document) {
  const auto& lost = document["not_reproducible"];
  auto out = shown(document, "flipped") + " of " + shown(document, "judged") +
             " decisions would have another outcome, " + shown(document, "other_reason") +
             " only another reason\n";
  for (const auto& each : document["outcomes"]) {
    out += shown(each, "from") + " to " + shown(each, "to") + "  " + shown(each, "count") + "  " +
           shown(each, "first_entry_id") + " to " + shown(each, "last_entry_id") + "\n";
  }
  out += groups_text(document["by_actor"], "actor") + groups_text(document["by_action"], "action") +
         groups_text(document["by_relation"], "relation");
  for (const auto& each : document["examples"]) {
    out += shown(each, "decision_id") + "  " + shown(each["was"], "outcome") + " to " +
           shown(each["would_be"], "outcome") + " (" + shown(each["would_be"], "reason_code") +
           ")  " + shown(each, "actor") + " " + shown(each, "action") +
           (each["resource"].is_null() ? "" : " " + shown(each, "resource")) + "\n";
  }
  out += "not reproducible: " + shown(lost, "erased") + " erased, " +
         shown(lost, "engine_unknown") + " of another engine, " + shown(lost, "redacted") +
         " redacted\n";
  if (document["other_limits"] != 0) {
    out += shown(document, "other_limits") +
           " were judged without limits, which the two sets do not share\n";
  }
  return out;
}

bool is_unknown(const Json& document) {
  const auto& lost = document["not_reproducible"];
  return lost["erased"] != 0 || lost["engine_unknown"] != 0 || lost["redacted"] != 0;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto now = context.session().now;
  const service::ImpactWish wish{
      .period = {time_option(given, "--from", now), time_option(given, "--to", now)},
      .actor = requesting_actor(given),
      .most_listed = static_cast<std::uint64_t>(given.integer("--limit", 0, 10'000).value_or(20))};
  const auto node = service::open_node(context.node());
  const auto other = other_set(given, node, context);
  Progress progress(context, "decisions judged");
  const auto document = service::policy_impact(
      node, other, wish, [&](auto done, auto all) { progress.show(done, all); });
  context.answer(document, text_of);
  const bool is_no = (given.has("--fail-on-flip") && document["flipped"] != 0) ||
                     (given.has("--strict") && is_unknown(document));
  return is_no ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command policy_impact{
    .name = "policy impact",
    .summary = "Judge the decisions on record by another set, before it is activated",
    .positionals = {{"FOLDER", "A folder with a node.yaml; the draft of the node unless given",
                     false}},
    .options = {{"--set", "HASH", "A set that was activated, in the place of a folder"},
                {"--from", "TIME",
                 "From this time on: RFC 3339, or a span back from now as in 30d"},
                {"--to", "TIME", "Before this time"},
                {"--actor", "ID", "Only decisions of this actor"},
                {"--limit", "N", "How many changed decisions are listed (20)"},
                {"--fail-on-flip", "", "Exit 1 when a decision would have another outcome"},
                {"--strict", "", "Exit 1 when a decision cannot be judged again"}},
    .examples = {"lexecon policy impact", "lexecon policy impact --from 90d --fail-on-flip --json"},
    .run = run,
};

}  // namespace lexecon::cli
