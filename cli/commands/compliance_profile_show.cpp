// lexecon compliance profile show: what a governed system is.
#include "commands.hpp"
#include "context.hpp"
#include "profile_text.hpp"
#include "service/profiles.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  context.answer(service::show_profile(node, given.text("SYSTEM")), profile_text);
  return ExitCode::yes;
}

}  // namespace

const Command compliance_profile_show{
    .name = "compliance profile show",
    .summary = "Print what a governed system is",
    .positionals = {{"SYSTEM", "The system; unless given, the only one there is", false}},
    .examples = {"lexecon compliance profile show triage",
                 "lexecon compliance profile show --pointer /profile/roles"},
    .run = run,
};

}  // namespace lexecon::cli
