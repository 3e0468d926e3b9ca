// lexecon compliance frameworks: the rulebooks that the program carries.
#include "commands.hpp"
#include "compliance/rulebook_json.hpp"
#include "context.hpp"
#include "listing.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"ID", "NAME", "DEMANDS", "MAPPED", "VERSION", "CHECKED", "SHA256"}};
  for (const auto& each : document["rulebooks"]) {
    rows.push_back({shown(each, "id"), shown(each, "name"), shown(each, "demands"),
                    shown(each, "mapped"), shown(each, "version"), shown(each, "checked_on"),
                    shown(each, "sha256").substr(0, 16)});
  }
  return table(rows);
}

ExitCode run(const Arguments& given, Context& context) {
  list(given, context, {"lexecon.rulebooks/1", "rulebooks", text_of}, [](const Show& show) {
    for (const auto& id : compliance::rulebook_ids()) {
      show(compliance::to_json(compliance::rulebook(id)));
    }
  });
  return ExitCode::yes;
}

}  // namespace

const Command compliance_frameworks{
    .name = "compliance frameworks",
    .summary = "List the laws and frameworks that reports are made of, with what they ask",
    .options = with_format({}),
    .examples = {"lexecon compliance frameworks",
                 "lexecon compliance frameworks --pointer /rulebooks/0/sha256"},
    .run = run,
};

}  // namespace lexecon::cli
