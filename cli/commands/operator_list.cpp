// lexecon operator list: everybody who may sign, and who might once.
#include "commands.hpp"
#include "context.hpp"
#include "operator_text.hpp"
#include "output.hpp"
#include "service/operators.hpp"

namespace lexecon::cli {
namespace {

std::string joined(const Json& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : " ") + text.get<std::string>();
  return out;
}

std::string text_of(const Json& document) {
  if (document["human_authority_from"].is_null()) {
    return "no operators: " + human_authority(document) + "\n";
  }
  std::vector<std::vector<std::string>> rows{
      {"OPERATOR", "ROLE", "SINCE", "UNTIL", "KEY", "SPEAKS FOR"}};
  for (const auto& each : document["operators"]) {
    rows.push_back({shown(each, "operator"), shown(each, "role"), shown(each, "added_entry_id"),
                    each["revoked_entry_id"].is_null() ? "-" : shown(each, "revoked_entry_id"),
                    shown(each, "fingerprint"), joined(each["actors"])});
  }
  return table(rows) + human_authority(document) + "\n";
}

ExitCode run(const Arguments& /*given*/, Context& context) {
  context.answer(service::list_operators(service::open_node(context.node())), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command operator_list{
    .name = "operator list",
    .summary = "List everybody who may sign, and who might once",
    .examples = {"lexecon operator list"},
    .run = run,
};

}  // namespace lexecon::cli
