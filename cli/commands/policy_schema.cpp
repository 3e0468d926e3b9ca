// lexecon policy schema: the JSON Schema of the files that people write, for their editors.
#include <algorithm>

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "json/parse.hpp"

namespace lexecon::cli {
namespace {

std::string_view schema_of(const std::string& kind) {
  const auto path = "templates/editor/" + kind + ".json";
  const auto files = embedded_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const EmbeddedFile& file) { return file.path == path; });
  if (found == files.end()) throw Error(ErrorCode::internal, "no schema of `" + kind + "` here");
  return found->bytes;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto kind = given.text("--of").value_or("policy");
  const auto bytes = schema_of(kind);
  context.answer_bytes(
      {{"schema", "lexecon.policy_schema/1"}, {"of", kind}, {"json_schema", json::parse(bytes)}},
      bytes);
  return ExitCode::yes;
}

}  // namespace

const Command policy_schema{
    .name = "policy schema",
    .summary = "Print the JSON Schema of a policy file, for editors",
    .options = {{"--of", "KIND", "Of a policy file, or of risk.yaml", false, "policy|risk"}},
    .examples = {"lexecon policy schema > policy.schema.json"},
    .run = run,
};

}  // namespace lexecon::cli
