// lexecon compliance gaps: what is not on record, of what applies.
#include <algorithm>
#include <array>

#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "report_arguments.hpp"

namespace lexecon::cli {
namespace {

/// Now, or by one reading of the law.
bool binds(const Json& row) {
  const auto& state = row.at("applicability").at("state");
  return state == "applies" || state == "disputed";
}

Json gap_of(const Json& row) {
  return {{"id", row.at("id")},
          {"reference", row.at("reference")},
          {"title", row.at("title")},
          {"applicability", row.at("applicability").at("state")},
          {"from", row.at("applicability").at("from")},
          {"evidence", row.at("evidence").at("state")},
          {"binds", binds(row)},
          {"gap", row.at("gap")}};
}

Json document_of(const Json& report, const std::vector<std::string>& fail_on) {
  auto document = report_basis(report);
  document["schema"] = "lexecon.gaps/1";
  auto gaps = Json::array();
  for (const auto& row : report.at("rows")) {
    if (row.at("gap").is_null()) continue;
    gaps.push_back(gap_of(row));
  }
  const auto asked = [&](const char* what) {
    return std::find(fail_on.begin(), fail_on.end(), what) != fail_on.end();
  };
  document["gaps"] = std::move(gaps);
  const auto& binding = report.at("summary").at("binding");
  document["binding"] = binding;
  document["failed"] =
      (asked("gap") && binding.at("gaps") != 0) || (asked("stale") && binding.at("stale") != 0);
  return document;
}

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{
      {"DEMAND", "APPLIES", "EVIDENCE", "DUE", "OWNER", "MISSING", "ACTION"}};
  for (const auto& each : document.at("gaps")) {
    const auto& gap = each.at("gap");
    std::string missing;
    for (const auto& kind : gap.at("missing")) {
      missing += (missing.empty() ? "" : ", ") + shown(kind);
    }
    rows.push_back({shown(each, "id"), shown(each, "applicability"), shown(each, "evidence"),
                    shown(gap, "due"), shown(gap, "owner"), missing, shown(gap, "action")});
  }
  const auto& binding = document.at("binding");
  return basis_text(document) + "\n" + (rows.size() == 1 ? "no gaps\n" : table(rows)) + "\n" +
         shown(binding, "gaps") + " of what applies or is disputed, " + shown(binding, "stale") +
         " of them stale\n";
}

ExitCode run(const Arguments& given, Context& context) {
  const auto framework = given.text("--framework");
  auto wish =
      wish_from(given, context, framework ? reporting::Kind::framework : reporting::Kind::ai_act);
  wish.framework = framework;
  wish.redecide = false;
  const auto document = document_of(make_report(wish, context), given.texts("--fail-on"));
  context.answer(document, text_of);
  return document.at("failed").get<bool>() ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command compliance_gaps{
    .name = "compliance gaps",
    .summary = "Show what is asked and not on record, with who mends it and by when",
    .options = with_report_options(
        {{"--framework", "ID", "Of a framework, instead of the EU AI Act"},
         {"--fail-on", "WHAT", "Exit 1 when there is one that applies or is disputed", true,
          "gap|stale"}}),
    .examples = {"lexecon compliance gaps --system triage",
                 "lexecon compliance gaps --framework soc2 --fail-on stale"},
    .run = run,
};

}  // namespace lexecon::cli
