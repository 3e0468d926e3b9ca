// lexecon export: the ledger as a signed package that a stranger can check.
#include "export/export.hpp"

#include "clock.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "package_options.hpp"
#include "progress.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

std::string text_of(const Json& made) {
  const auto& contents = made["contents"];
  const auto& head = made["head"];
  auto out = facts(
      {{"package", shown(made, "path")},
       {"export", shown(made, "export_id")},
       {"log", shown(head, "origin")},
       {"size", shown(head, "tree_size")},
       {"root", shown(head, "root_hash")},
       {"key", shown(made, "ledger_vkey")},
       {"scope", shown(made, "scope")},
       {"entries", shown(contents, "entries")},
       {"decisions", shown(contents, "decisions")},
       {"sealed", shown(contents, "sealed")},
       {"evidence", shown(contents, "evidence")},
       {"recorded", shown(made, "requested_entry_id") + ", " + shown(made, "sealed_entry_id")}});
  if (made["disclosure"] == "none") {
    out += "withheld: " + shown(contents, "withheld_sealed") +
           " sealed contents, without which no decision can be judged again (--disclose sealed)\n";
  }
  return out;
}

exporting::ExportOptions options_from(const Arguments& given, Timestamp now, Progress& progress) {
  exporting::ExportOptions options;
  options.path = package_path(given);
  if (const auto size = given.integer("--size", 1, INT64_MAX)) {
    options.size = static_cast<std::uint64_t>(*size);
  }
  if (given.text("--disclose") == "sealed") options.disclosure = package::Disclosure::sealed;
  if (given.text("--format") == "tar") options.format = exporting::Format::tar;
  options.purpose = given.text("--purpose");
  options.generated_at = package_time(now);
  options.generator = package_generator();
  options.progress = [&progress](std::uint64_t done, std::uint64_t all) {
    progress.show(done, all);
  };
  options.clock = clock_now;
  return options;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto signer = signatory(given);
  Progress progress(context, "entries collected");
  const auto options = options_from(given, context.session().now, progress);
  const auto node = service::open_node(context.node());
  const auto made = exporting::export_package(node, options, signer, context.session());
  context.answer(exporting::to_json(made), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command export_command{
    .name = "export",
    .summary = "Write the ledger as a signed package that a stranger can check",
    .options =
        with_signing({{"--output", "PATH", "Where; nothing may be there yet", false, {}, "-o"},
                      {"--size", "N", "Of the tree of this stored checkpoint instead of the last"},
                      {"--disclose", "WHAT", "With requests, reasons and evidence, or without",
                       false, "none|sealed"},
                      {"--format", "FORMAT", "A folder, or one file", false, "bag|tar"},
                      {"--purpose", "CODE", "Why, as a code in the entry and the package"}}),
    .examples = {"lexecon export -o package", "lexecon export --format tar -o package.tar"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
