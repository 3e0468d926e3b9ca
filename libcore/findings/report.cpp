#include "findings/report.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "json/json.hpp"

namespace lexecon::findings {
namespace {

std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

std::vector<Finding> findings_of(const Report& report) {
  std::vector<Finding> out;
  for (const auto& check : report.checks) {
    out.insert(out.end(), check.findings.begin(), check.findings.end());
  }
  std::stable_sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.file, a.line, a.column, a.rule) < std::tie(b.file, b.line, b.column, b.rule);
  });
  return out;
}

Counts count(const Report& report) {
  Counts out;
  for (const auto& check : report.checks) {
    for (const auto& finding : check.findings) {
      switch (finding.severity) {
        case Severity::error:
          ++out.errors;
          break;
        case Severity::warning:
          ++out.warnings;
          break;
        case Severity::note:
          ++out.notes;
          break;
      }
    }
  }
  return out;
}

bool fails(const Report& report, Severity severity) {
  return severity == Severity::error || (severity == Severity::warning && report.strict);
}

bool passes(const Report& report) {
  const auto found = count(report);
  return found.errors == 0 && (found.warnings == 0 || !report.strict);
}

std::string to_lines(const Report& report) {
  std::string out;
  for (const auto& finding : findings_of(report)) {
    out += printable(finding.file) + ":" + std::to_string(finding.line) + ":" +
           std::to_string(finding.column) + ": " + std::string(to_string(finding.severity)) + ": " +
           printable(finding.message) + " [" + finding.rule + "]\n";
    if (!finding.hint.empty()) out += "  hint: " + printable(finding.hint) + "\n";
  }
  return out;
}

std::string to_text(const Report& report) {
  const auto found = count(report);
  return to_lines(report) + counted(found.errors, "error") + ", " +
         counted(found.warnings, "warning") + ", " + counted(found.notes, "note") + "\n";
}

Json to_json(const Report& report) {
  auto list = Json::array();
  for (const auto& finding : findings_of(report)) {
    list.push_back({{"rule", finding.rule},
                    {"severity", to_string(finding.severity)},
                    {"message", finding.message},
                    {"hint", finding.hint.empty() ? Json() : Json(finding.hint)},
                    {"file", finding.file},
                    {"line", finding.line},
                    {"column", finding.column}});
  }
  return list;
}

}  // namespace lexecon::findings
