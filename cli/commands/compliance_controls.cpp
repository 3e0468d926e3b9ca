// lexecon compliance controls: every control of a framework, with what is on record for it.
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "report_arguments.hpp"

namespace lexecon::cli {
namespace {

Json document_of(const Json& report) {
  auto document = report_basis(report);
  document["schema"] = "lexecon.controls/1";
  auto controls = Json::array();
  for (const auto& row : report.at("rows")) {
    const auto& evidence = row.at("evidence");
    controls.push_back({{"id", row.at("id")},
                        {"title", row.at("title")},
                        {"strength", row.at("strength")},
                        {"evidence", evidence.at("state")},
                        {"entries", evidence.at("count")},
                        {"lacks", evidence.at("lacks")},
                        {"conclusion", row.at("conclusion")},
                        {"note", row.at("note")}});
  }
  document["controls"] = std::move(controls);
  document["coverage"] = report.at("summary").at("coverage");
  return document;
}

std::string concluded(const Json& conclusion) {
  if (conclusion.is_null()) return "-";
  const std::string said = conclusion.at("satisfied").get<bool>() ? "satisfied" : "not satisfied";
  return said + ", " + shown(conclusion, "by") +
         (conclusion.at("expired").get<bool>() ? ", expired" : "");
}

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"CONTROL", "STRENGTH", "EVIDENCE", "ENTRIES", "CONCLUSION", "TITLE"}};
  for (const auto& each : document.at("controls")) {
    rows.push_back({shown(each, "id"), shown(each, "strength"), shown(each, "evidence"),
                    shown(each, "entries"), concluded(each.at("conclusion")),
                    shown(each, "title")});
  }
  const auto& coverage = document.at("coverage");
  return basis_text(document) + "\n" + table(rows) + "\n" + "evidence on record for " +
         shown(coverage, "evidenced") + " of " + shown(coverage, "of") + ": " +
         shown(coverage, "denominator") + "\n";
}

ExitCode run(const Arguments& given, Context& context) {
  auto wish = wish_from(given, context, reporting::Kind::framework);
  wish.framework = given.text("--framework");
  wish.redecide = false;
  context.answer(document_of(make_report(wish, context)), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command compliance_controls{
    .name = "compliance controls",
    .summary = "Show every control of a framework, and what is on record for it",
    .options = with_report_options({{"--framework", "ID", "One of compliance frameworks"}}),
    .examples = {"lexecon compliance controls --framework soc2",
                 "lexecon compliance controls --framework nist_csf --pointer /coverage"},
    .run = run,
};

}  // namespace lexecon::cli
