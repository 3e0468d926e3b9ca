// lexecon policy explain: why a set says of a request what it says.
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "decision_text.hpp"
#include "filters.hpp"
#include "output.hpp"
#include "request_arguments.hpp"
#include "service/explain.hpp"

namespace lexecon::cli {
namespace {

std::string coverage_text(const Json& each) {
  const auto permits = each["permits"].get<std::vector<std::string>>();
  const auto tried = each["tried"].get<std::vector<std::string>>();
  auto line = (permits.empty() ? "not covered  " : "covered  ") +
              (each["object"].is_null() ? std::string("the request") : shown(each, "object"));
  if (!permits.empty()) line += "  by " + join(permits, ", ");
  if (!tried.empty()) line += "  at fault: " + join(tried, ", ");
  return line + "\n";
}

std::string change_text(const Json& refusal) {
  const auto& change = refusal["change"];
  if (change.is_null()) {
    return "no change of one or two fields was found that would be approved; judged " +
           shown(refusal, "judged") + (refusal["complete"].get<bool>() ? "" : ", not all") + "\n";
  }
  std::vector<std::string> parts;
  for (const auto& field : change["fields"]) {
    parts.push_back(shown(field, "field") + " " + field["to"].dump() + ", not " +
                    (field["from"].is_null() ? "absent" : field["from"].dump()));
  }
  return "would be approved with " + join(parts, "; and ") + " (" + shown(change, "reason_code") +
         ")\n";
}

std::string refusal_text(const Json& refusal) {
  if (refusal.is_null()) return "it is approved as it is\n";
  std::string out;
  for (const auto& each : refusal["nearest"]) {
    out += "nearest  " + shown(each, "relation") + "  " +
           join(each["failed"].get<std::vector<std::string>>(), "; ") + "\n";
  }
  return out + change_text(refusal);
}

std::string text_of(const Json& document) {
  auto out = decision_text(document["decision"]);
  for (const auto& each : document["coverage"]) out += coverage_text(each);
  if (document.contains("why_not")) out += refusal_text(document["why_not"]);
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto request = request_in(given.text("REQUEST").value(), context);
  const auto at = time_option(given, "--at", context.session().now);
  const auto which = given.has("--active") ? service::Which::active : service::Which::draft;
  auto chosen = service::choose_set(context.node(), which, context.session().now);
  if (at) chosen.at = *at;
  auto document = service::explain(chosen, request);
  if (given.has("--why-not")) document["why_not"] = service::explain_refusal(chosen, request);
  context.answer(document, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command policy_explain{
    .name = "policy explain",
    .summary = "Show which permits covers what of a request, and every step of the judge",
    .positionals = {{"REQUEST", "A request as JSON, as for decide; - is standard input"}},
    .options = {{"--active", "", "By the active set, not the draft in the folder"},
                {"--why-not", "", "The nearest permits, and a change that would be approved"},
                {"--at", "TIME", "At this time: RFC 3339, or a span back from now as in 30d"}},
    .examples = {"lexecon policy explain request.json --why-not",
                 "echo '{\"actor\":\"human:alice\",\"action\":\"deploy\"}' "
                 "| lexecon policy explain - --active --json"},
    .run = run,
};

}  // namespace lexecon::cli
