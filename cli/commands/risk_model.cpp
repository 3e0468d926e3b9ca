// lexecon risk model: what scores requests, the defaults included.
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "risk_text.hpp"
#include "service/risk.hpp"

namespace lexecon::cli {
namespace {

std::string levels_text(const Json& levels) {
  return "low, medium from " + shown(levels, "medium") + ", high from " + shown(levels, "high") +
         ", critical from " + shown(levels, "critical");
}

std::string text_of(const Json& document) {
  auto out = facts({{"weights", dimensions_text(document["weights"])},
                    {"levels", levels_text(document["levels"])},
                    {"threshold", shown(document, "threshold")},
                    {"set", shown(document, "policy_hash") + ", " + shown(document, "of")}});
  std::vector<std::vector<std::string>> rows{{"FACTOR", "DIMENSION", "ADD", "WHEN"}};
  for (const auto& factor : document["factors"]) {
    rows.push_back({shown(factor, "name"), shown(factor, "dimension"), shown(factor, "add"),
                    shown(factor, "when")});
  }
  return rows.size() == 1 ? out + "no factors\n" : out + table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  const auto which = given.has("--draft") ? service::Which::draft : service::Which::active;
  const auto chosen = service::choose_set(context.node(), which, context.session().now);
  context.answer(service::risk_model(chosen), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command risk_model{
    .name = "risk model",
    .summary = "Print the model that scores requests, its defaults included",
    .options = {{"--draft", "", "The model in the folder, not the active one"}},
    .examples = {"lexecon risk model", "lexecon risk model --draft --json"},
    .run = run,
};

}  // namespace lexecon::cli
