// lexecon evidence add: a file kept with the ledger, and the entry that names it.
#include "base/utf8.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "evidence_text.hpp"
#include "filters.hpp"
#include "service/evidence.hpp"

namespace lexecon::cli {
namespace {

/// The last part of what was typed, where that is text.
std::optional<std::string> own_name(const std::string& file) {
  if (file == "-") return std::nullopt;
  auto name = Path(file).filename().string();
  if (name.empty() || find_bad_utf8(name) != std::string_view::npos) return std::nullopt;
  return name;
}

service::NewEvidence new_evidence(const Arguments& given, const std::string& file) {
  service::NewEvidence added{.type = given.text("--type").value_or(""),
                             .name = given.text("--name"),
                             .description = given.text("--description"),
                             .use = {given.text("--decision"), given.text("--control")}};
  if (!added.name) added.name = own_name(file);
  if (const auto media_type = given.text("--media-type")) added.media_type = *media_type;
  if (const auto retention = given.text("--retention")) added.retention = *retention;
  return added;
}

ExitCode run(const Arguments& given, Context& context) {
  if (!given.has("--type")) {
    throw Error(ErrorCode::usage, "expected --type, one of " + std::string(evidence_types));
  }
  const auto file = given.text("FILE").value_or("");
  const auto node = service::open_node(context.node());
  const auto input = file == "-" ? context.open_input(file) : open_regular(file);
  const auto source = file == "-" ? "standard input" : file;
  const auto evidence = service::add_evidence(node, new_evidence(given, file), input.get(), source,
                                              context.session());
  context.answer(service::to_json(evidence), evidence_text);
  return ExitCode::yes;
}

}  // namespace

const Command evidence_add{
    .name = "evidence add",
    .summary = "Keep a file with the ledger as evidence",
    .positionals = {{"FILE", "The file, at most 100 MiB, or - for standard input"}},
    .options = with_tenant(
        {{"--type", "TYPE", "What it is", false, evidence_types},
         {"--decision", "ID", "The decision that it is for"},
         {"--control", "ID", "The control that it is for"},
         {"--media-type", "TYPE", "As in image/png; application/octet-stream unless given"},
         {"--name", "NAME", "Its name; that of the file unless given"},
         {"--description", "TEXT", "What it shows"},
         {"--retention", "CLASS", "A code: how long to keep it; standard unless given"}}),
    .examples = {"lexecon evidence add report.pdf --type external_report --media-type "
                 "application/pdf --control iso42001:A.6.2.4"},
    .run = run,
    .acts = true,
    .tenant_ids = {{"--decision"}},
};

}  // namespace lexecon::cli
