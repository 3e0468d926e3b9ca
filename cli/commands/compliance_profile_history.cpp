// lexecon compliance profile history: what was said of governed systems, and by whom.
#include "commands.hpp"
#include "context.hpp"
#include "listing.hpp"
#include "profile_text.hpp"
#include "service/profiles.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) { return profile_table(document["profiles"]); }

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  list(given, context, {"lexecon.profiles/1", "profiles", text_of}, [&](const Show& show) {
    for (auto& each : service::profile_history(node, given.text("SYSTEM"))) show(std::move(each));
  });
  return ExitCode::yes;
}

}  // namespace

const Command compliance_profile_history{
    .name = "compliance profile history",
    .summary = "List the profiles of a system, or of all, oldest first",
    .positionals = {{"SYSTEM", "The system; unless given, all of them", false}},
    .options = with_format({}),
    .examples = {"lexecon compliance profile history",
                 "lexecon compliance profile history triage --format jsonl"},
    .run = run,
};

}  // namespace lexecon::cli
