// lexecon export: the ledger as a signed package that a stranger can check.
#include "export/export.hpp"

#include <array>

#include "base/error.hpp"
#include "clock.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "entry_argument.hpp"
#include "filters.hpp"
#include "json/json.hpp"
#include "output.hpp"
#include "package_options.hpp"
#include "progress.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

/// What was left out, and by what.
std::string withheld_text(const Json& made) {
  const auto& contents = made["contents"];
  std::string out;
  if (made["scope"] == "filtered") {
    out +=
        "withheld: " + shown(contents, "withheld_entries") +
        " entries, of which the package has the hash alone; that nothing else was there rests on "
        "who made it\n";
  }
  if (contents["withheld_sealed"] != 0) {
    out += "withheld: " + shown(contents, "withheld_sealed") +
           " sealed contents, without which no decision can be judged again (--disclose sealed)\n";
  }
  return out;
}

std::string text_of(const Json& made) {
  const auto& contents = made["contents"];
  const auto& head = made["head"];
  const bool is_package = made["format"] == "bag" || made["format"] == "tar";
  return facts({{is_package ? "package" : "view", shown(made, "path")},
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
                {"recorded",
                 shown(made, "requested_entry_id") + ", " + shown(made, "sealed_entry_id")}}) +
         withheld_text(made);
}

std::string request_text(const Json& recorded) {
  const auto& request = recorded["request"];
  const auto id = shown(recorded, "request_entry_id");
  auto out = facts({{"request", id},
                    {"scope", shown(request, "scope")},
                    {"disclose", shown(recorded, "disclosure")},
                    {"size", shown(recorded, "tree_size")},
                    {"asked by", shown(request, "requester")},
                    {"recorded", shown(recorded, "ledger_entry_id")}});
  out += recorded["waits"] == true
             ? "waits for a second person: lexecon export --approve " + id +
                   " --as NAME --sign-with KEY\n"
             : "may be made: lexecon export --of-request " + id + " -o PATH\n";
  return out;
}

exporting::Wish wish_from(const Arguments& given, Timestamp now) {
  const auto chosen = entry_filter(given, now);
  exporting::Wish wish;
  if (const auto size = given.integer("--size", 1, INT64_MAX)) {
    wish.size = static_cast<std::uint64_t>(*size);
  }
  if (given.text("--disclose") == "sealed") wish.disclosure = package::Disclosure::sealed;
  wish.filter = {.scope = package::scope_from(given.text("--scope").value_or("all")).value(),
                 .from = chosen.from,
                 .to = chosen.to,
                 .tenant = chosen.tenant,
                 .actor = chosen.actor};
  wish.purpose = given.text("--purpose");
  if (chosen.from && chosen.to && *chosen.from >= *chosen.to) {
    throw Error(ErrorCode::usage, "expected a time for `--from` that is before that of `--to`");
  }
  return wish;
}

constexpr std::array wishes{"--scope", "--from",     "--to",      "--tenant",
                            "--actor", "--disclose", "--purpose", "--size"};
constexpr std::array makings{"--output", "--format"};

/// A request that stands says it all; what only asks or approves makes nothing.
void refuse_idle_options(const Arguments& given) {
  const auto refuse = [&given](const char* mode, std::string_view idle) {
    if (!given.has(mode) || !given.has(idle)) return;
    throw Error(ErrorCode::usage,
                "`" + std::string(mode) + "` does not go with `" + std::string(idle) + "`");
  };
  for (const auto* wish : wishes) {
    refuse("--of-request", wish);
    refuse("--approve", wish);
  }
  for (const auto* making : makings) {
    refuse("--request-only", making);
    refuse("--approve", making);
  }
  refuse("--approve", "--request-only");
  refuse("--of-request", "--request-only");
  refuse("--of-request", "--approve");
}

ExitCode make(const Arguments& given, Context& context,
              const std::optional<service::Signatory>& signer) {
  Progress progress(context, "entries collected");
  const auto now = context.session().now;
  exporting::ExportOptions options;
  options.path = package_path(given);
  if (const auto id = given.text("--of-request")) options.request = seq_argument(*id);
  options.wish = wish_from(given, now);
  if (const auto format = given.text("--format")) {
    options.format = exporting::format_from(*format);
  }
  options.generated_at = package_time(now);
  options.generator = package_generator();
  options.progress = [&progress](std::uint64_t done, std::uint64_t all) {
    progress.show(done, all);
  };
  options.clock = clock_now;
  const auto node = service::open_node(context.node());
  const auto made = exporting::export_package(node, options, signer, context.session());
  context.answer(exporting::to_json(made), text_of);
  return ExitCode::yes;
}

ExitCode run(const Arguments& given, Context& context) {
  refuse_idle_options(given);
  const auto signer = signatory(given);
  if (!given.has("--request-only") && !given.has("--approve")) return make(given, context, signer);
  const bool asks = given.has("--request-only");
  const auto wish = wish_from(given, context.session().now);
  const auto approved = asks ? 0 : seq_argument(given.text("--approve").value_or(""));
  const auto node = service::open_node(context.node());
  const auto recorded = asks
                            ? exporting::record_request(node, wish, signer, context.session())
                            : exporting::approve_request(node, approved, signer, context.session());
  context.answer(exporting::to_json(recorded), request_text);
  return ExitCode::yes;
}

}  // namespace

const Command export_command{
    .name = "export",
    .summary =
        "Write the ledger, or a part of it, as a signed package to check, or as a view to read",
    .options = with_signing(
        {{"--output", "PATH", "Where; nothing may be there yet", false, {}, "-o"},
         {"--scope", "SCOPE", "Of everything, or of one matter alone", false,
          "all|decisions|risk|escalations|overrides|evidence|compliance|oversight"},
         {"--from", "TIME", "From this time on: RFC 3339, or a span back from now as in 30d"},
         {"--to", "TIME", "Before this time"},
         {"--tenant", "ID", "Only decisions for this tenant, and what belongs to them"},
         {"--actor", "ID", "Only entries of this actor, and the decisions that they belong to"},
         {"--size", "N", "Of the tree of this stored checkpoint instead of the last"},
         {"--disclose", "WHAT", "With requests, reasons and evidence, or without", false,
          "none|sealed"},
         {"--format", "FORMAT", "A package, or a view of one to read", false,
          "bag|tar|json|csv|markdown|html"},
         {"--purpose", "CODE", "Why, as a code in the entry and the package"},
         {"--request-only", "", "Only record what is asked for, for a second person to approve"},
         {"--approve", "ENTRY", "Approve, as a second person, what was asked for"},
         {"--of-request", "ENTRY", "Make the package that was asked for"}}),
    .examples = {"lexecon export -o package", "lexecon export --format tar -o package.tar",
                 "lexecon export --format html -o pages",
                 "lexecon export --scope escalations --from 90d -o quarter"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
