// lexecon risk assess: what a request would score, without deciding it.
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "request_arguments.hpp"
#include "risk_text.hpp"
#include "service/risk.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  auto out = facts({{"score", shown(document, "score")},
                    {"level", shown(document, "level")},
                    {"dimensions", dimensions_text(document["dimensions"])},
                    {"threshold", shown(document, "threshold") +
                                      (document["escalates"].get<bool>() ? ", reached" : "")},
                    {"set", shown(document, "policy_hash") + ", " + shown(document, "of")}});
  for (const auto& factor : document["factors"]) {
    out += "factor " + shown(factor, "name");
    if (!factor["error"].is_null()) out += ", condition error: " + shown(factor, "error");
    out += "\n";
  }
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto request = request_from(given, context);
  const auto which = given.has("--draft") ? service::Which::draft : service::Which::active;
  const auto chosen = service::choose_set(context.node(), which, context.session().now);
  context.answer(service::assess_risk(chosen, request), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command risk_assess{
    .name = "risk assess",
    .summary = "Score a request without deciding it",
    .options = with_request({{"--draft", "", "By the model in the folder, not the active one"}}),
    .examples =
        {"lexecon risk assess --actor human:alice --action deploy",
         "echo '{\"actor\":\"human:alice\",\"action\":\"deploy\",\"risk\":{\"security\":70}}' "
         "| lexecon risk assess --request - --draft"},
    .run = run,
};

}  // namespace lexecon::cli
