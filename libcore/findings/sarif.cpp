// Findings as SARIF 2.1.0, which code hosts show beside the lines.
#include <algorithm>
#include <utility>

#include "base/bytes.hpp"
#include "findings/report.hpp"
#include "json/json.hpp"

namespace lexecon::findings {
namespace {

constexpr std::string_view schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A path as a URI reference: whatever is no letter of one is percent-encoded.
std::string uri(std::string_view path) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (plain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    auto hex = to_hex(std::string_view(&c, 1));
    std::transform(hex.begin(), hex.end(), hex.begin(), [](char digit) {
      return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    });
    out += "%" + hex;
  }
  return out;
}

Json rules_json(const Report& report) {
  auto list = Json::array();
  for (const auto& rule : report.rules) {
    list.push_back({{"id", rule.id},
                    {"shortDescription", {{"text", rule.title}}},
                    {"defaultConfiguration", {{"level", to_string(rule.severity)}}}});
  }
  return list;
}

Json result_json(const Report& report, const Finding& finding) {
  const auto text =
      finding.message + (finding.hint.empty() ? std::string() : "\nhint: " + finding.hint);
  Json out{{"ruleId", finding.rule},
           {"level", to_string(finding.severity)},
           {"message", {{"text", text}}},
           {"locations",
            {{{"physicalLocation",
               {{"artifactLocation", {{"uri", uri(finding.file)}}},
                {"region", {{"startLine", finding.line}, {"startColumn", finding.column}}}}}}}}};
  const auto rule = std::find_if(report.rules.begin(), report.rules.end(),
                                 [&](const Rule& each) { return each.id == finding.rule; });
  if (rule != report.rules.end()) out["ruleIndex"] = rule - report.rules.begin();
  return out;
}

}  // namespace

Json to_sarif(const Report& report) {
  auto results = Json::array();
  for (const auto& finding : findings_of(report)) results.push_back(result_json(report, finding));
  Json driver{{"name", "lexecon " + report.tool},
              {"version", report.version},
              {"rules", rules_json(report)}};
  auto runs = Json::array();
  runs.push_back({{"tool", {{"driver", std::move(driver)}}}, {"results", std::move(results)}});
  return {{"$schema", schema}, {"version", "2.1.0"}, {"runs", std::move(runs)}};
}

}  // namespace lexecon::findings
