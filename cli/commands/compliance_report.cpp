// lexecon compliance report: what the ledger shows, held against a law or a framework.
#include <utility>

#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "crypto/hash.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "report_arguments.hpp"
#include "report_files.hpp"
#include "reporting/record.hpp"
#include "reporting/report.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

constexpr std::string_view kinds =
    "ai-act|article-11|article-12|article-14|article-26|article-73|article-86|framework|executive";
constexpr std::string_view formats = "markdown|html|json|csv|pdf|oscal-ar|oscal-poam";

/// An option that says nothing of another kind would be on record as if it did.
void require_own_kind(const Arguments& given, std::string_view option, std::string_view kind) {
  if (!given.has(option) || given.text("--kind") == kind) return;
  throw Error(ErrorCode::usage,
              "`" + std::string(option) + "` goes with `--kind " + std::string(kind) + "` alone");
}

reporting::Wish wish_of(const Arguments& given, Context& context) {
  const auto kind = given.text("--kind");
  if (!kind) throw Error(ErrorCode::usage, "expected --kind, the kind of report");
  require_own_kind(given, "--decision", "article-86");
  require_own_kind(given, "--incident", "article-73");
  require_own_kind(given, "--framework", "framework");
  auto wish = wish_from(given, context, reporting::kind_from(*kind).value());
  wish.framework = given.text("--framework");
  wish.decision = given.text("--decision");
  wish.incident = given.text("--incident");
  wish.redecide = !given.has("--no-redecide");
  wish.sealed = given.has("--sealed");
  return wish;
}

void require_permission(const Arguments& given) {
  if (!given.has("--sealed")) return;
  if (given.has("--no-record")) {
    throw Error(ErrorCode::usage, "`--sealed` does not go with `--no-record`", {},
                "who was shown sealed content stays on record");
  }
  if (!given.has("--as")) {
    throw Error(ErrorCode::not_permitted, "sealed content is shown to a person who signs", {},
                "add --as NAME --sign-with KEY of a compliance officer");
  }
}

/// The report, or why there is none: a ledger that does not verify has none, which is an answer.
std::pair<Json, std::optional<Error>> made(const service::Node& node, const reporting::Wish& wish,
                                           const Context& context) {
  Progress progress(context, "entries read");
  try {
    return {reporting::make_report(
                node, wish,
                [&progress](std::uint64_t done, std::uint64_t all) { progress.show(done, all); }),
            std::nullopt};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::integrity) throw;
    return {Json(), error};
  }
}

std::uint64_t counted(const Json& counts, const char* name) {
  return counts.contains(name) ? counts.at(name).get<std::uint64_t>() : 0;
}

/// What the caller said that a report may not have, and this one has.
Json failed(const Arguments& given, const Json& model) {
  const auto& binding = model.at("summary").at("binding");
  Json out = Json::array();
  if (given.has("--complete") && !model.at("incomplete").empty()) out.push_back("incomplete");
  for (const auto& what : given.texts("--fail-on")) {
    if (binding.at(what == "gap" ? "gaps" : "stale") != 0) out.push_back(what);
  }
  return out;
}

Json files_json(const Staged& staged) {
  Json out = Json::array();
  for (const auto& each : staged.files()) {
    const auto path = staged.path_of(each.format);
    out.push_back({{"format", each.format},
                   {"path", path ? Json(path->string()) : Json()},
                   {"bytes", each.bytes.size()},
                   {"sha256", crypto::sha256(each.bytes).hex()},
                   {"text", path ? Json() : Json(each.bytes)}});
  }
  return out;
}

Json document_of(const Arguments& given, const Json& model, const Staged& staged, Json recorded) {
  const auto& header = model.at("header");
  const auto& ledger = header.at("ledger");
  const auto& summary = model.at("summary");
  const auto& system = header.at("system");
  return {{"schema", "lexecon.report_made/1"},
          {"made", true},
          {"fault", nullptr},
          {"kind", model.at("kind")},
          {"system", system.is_null() ? Json() : system.at("id")},
          {"from", header.at("period").at("from")},
          {"to", header.at("period").at("to")},
          {"as_of", header.at("as_of")},
          {"tree_size", ledger.at("tree_size")},
          {"root_hash", ledger.at("root_hash")},
          {"rows", summary.at("rows")},
          {"gaps", summary.at("gaps")},
          {"stale", counted(summary.at("evidence"), "stale")},
          {"incomplete", model.at("incomplete")},
          {"failed", failed(given, model)},
          {"files", files_json(staged)},
          {"recorded", std::move(recorded)}};
}

Json nothing_made(const reporting::Wish& wish, const Error& error) {
  return {{"schema", "lexecon.report_made/1"},
          {"made", false},
          {"kind", reporting::to_string(wish.kind)},
          {"fault",
           {{"message", error.message()},
            {"where", error.where().empty() ? Json() : Json(error.where())}}}};
}

std::string text_of(const Json& document) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& each : document["files"]) {
    lines.emplace_back(shown(each, "format"), shown(each, "path"));
    lines.emplace_back("sha256", shown(each, "sha256"));
  }
  lines.emplace_back("size", shown(document, "tree_size"));
  lines.emplace_back("root", shown(document, "root_hash"));
  lines.emplace_back("rows", shown(document, "rows") + ", gaps " + shown(document, "gaps") +
                                 ", stale " + shown(document, "stale"));
  const auto& recorded = document["recorded"];
  lines.emplace_back("recorded", recorded.is_null() ? std::string("no (--no-record)")
                                                    : shown(recorded, "ledger_entry_id"));
  return facts(lines);
}

/// Nothing on standard output that somebody might take for a report.
void refuse(const Json& document, Context& context) {
  context.note("no report: " + shown(document.at("fault"), "message"));
  if (context.wants_json()) context.answer(document, text_of);
}

void note_failures(const Json& document, Context& context) {
  for (const auto& what : document.at("failed")) {
    if (what == "incomplete") {
      std::string items;
      for (const auto& each : document.at("incomplete")) {
        items += (items.empty() ? "" : ", ") + each.get<std::string>();
      }
      context.note("incomplete: " + items);
    } else if (what == "gap") {
      context.note(shown(document, "gaps") + " gaps");
    } else {
      context.note(shown(document, "stale") + " rows with stale evidence");
    }
  }
}

/// The files stand before the entry says that they were made, and are there for all after it does.
Json deliver(const Arguments& given, Context& context, const service::Node& node, const Json& model,
             const Delivery& delivery) {
  const reporting::MadeReport report{
      .model = model, .decision = given.text("--decision"), .incident = given.text("--incident")};
  Staged staged(model, delivery);
  Json recorded;
  if (!given.has("--no-record")) {
    recorded =
        reporting::record_report(node, report, staged.files(), signatory(given), context.session());
  }
  staged.publish();
  return document_of(given, model, staged, std::move(recorded));
}

ExitCode print_template(const Arguments& given, Context& context) {
  const auto formats_asked = given.texts("--format");
  const auto format =
      report::format_from(formats_asked.size() == 1 ? formats_asked.front() : "none");
  if (format != report::Format::html && format != report::Format::markdown) {
    throw Error(ErrorCode::usage, "expected --format html or markdown beside --print-template");
  }
  context.print(report::built_in(given.text("--kind").value_or("ai-act"), *format).text);
  return ExitCode::yes;
}

ExitCode run(const Arguments& given, Context& context) {
  if (given.has("--print-template")) return print_template(given, context);
  require_permission(given);
  const auto wish = wish_of(given, context);
  const auto delivery = delivery_from(given);
  const auto node = service::open_node(context.node());
  auto [model, fault] = made(node, wish, context);
  if (fault) {
    refuse(nothing_made(wish, *fault), context);
    return ExitCode::no;
  }
  model["header"]["recorded"] = !given.has("--no-record");
  const auto document = deliver(given, context, node, model, delivery);
  if (delivery.output || context.wants_json()) {
    context.answer(document, text_of);
  } else {
    context.print(document.at("files").at(0).at("text").get<std::string>());
    if (!document.at("recorded").is_null()) {
      context.note("on record in " + shown(document.at("recorded"), "ledger_entry_id"));
    }
  }
  note_failures(document, context);
  return document.at("failed").empty() ? ExitCode::yes : ExitCode::no;
}

}  // namespace

const Command compliance_report{
    .name = "compliance report",
    .summary = "Report what the ledger shows, held against a law or a framework",
    .options = with_signing(
        {{"--kind", "KIND", "What it is about", false, kinds},
         {"--system", "ID", "The system, by its profile (default: the only one)"},
         {"--framework", "ID", "For --kind framework: as `compliance frameworks` lists them"},
         {"--from", "DATE", "The first day of the period (default: a year before the last)"},
         {"--to", "DATE", "The last day of the period (default: today)"},
         {"--as-of", "DATE", "The day whose law is asked about (default: today)"},
         {"--size", "N", "Of the tree of this stored checkpoint instead of the last"},
         {"--decision", "ID", "For --kind article-86: the decision to explain"},
         {"--incident", "ID", "For --kind article-73: this incident alone"},
         {"--format", "FORMAT", "As what; several go into a folder", true, formats},
         {"--output", "PATH", "Where; nothing may be there yet", false, {}, "-o"},
         {"--template", "FILE", "Fill this mustache template instead of the built-in one"},
         {"--print-template", "", "Print the built-in template of --format, to copy and change"},
         {"--sealed", "", "Also show what people wrote; a compliance officer signs for it"},
         {"--complete", "", "Exit 1 when something is left for the provider to complete"},
         {"--fail-on", "WHAT", "Exit 1 when there is one that applies or is disputed", true,
          "gap|stale"},
         {"--no-redecide", "", "Do not judge the decisions again, and say so"},
         {"--no-record", "", "Leave no entry that the report was made, and say so"}}),
    .examples = {"lexecon compliance report --kind framework --framework soc2",
                 "lexecon compliance report --kind framework --framework iso42001 --format html "
                 "-o iso42001.html",
                 "lexecon compliance report --print-template --format html > mine.mustache"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
