// lexecon incident show: all that is on record of an incident, and its clock.
#include "commands.hpp"
#include "context.hpp"
#include "incident_text.hpp"
#include "service/incidents.hpp"

namespace lexecon::cli {
namespace {

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  context.answer(
      service::show_incident(node, given.text("INCIDENT").value_or(""), context.session().now),
      incident_text);
  return ExitCode::yes;
}

}  // namespace

const Command incident_show{
    .name = "incident show",
    .summary = "Print what is on record of an incident, and its clock",
    .positionals = {{"INCIDENT", "The id of the incident"}},
    .examples = {"lexecon incident show inc_01JD6Z3T8W2K7V9Q4X5Y6Z7A8B || test $? = 66"},
    .run = run,
};

}  // namespace lexecon::cli
