// Findings as GitHub workflow commands: annotations of the lines of a pull request.
#include "findings/report.hpp"

namespace lexecon::findings {
namespace {

/// SECURITY: a line feed would end the command, and what follows would be another one.
std::string escaped(std::string_view text, bool is_property) {
  std::string out;
  for (const char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (is_property && c == ':') {
      out += "%3A";
    } else if (is_property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view command(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "notice";
}

}  // namespace

std::string to_github(const Report& report) {
  std::string out;
  for (const auto& finding : findings_of(report)) {
    const auto text = finding.message + (finding.hint.empty() ? "" : "\nhint: " + finding.hint);
    out += "::" + std::string(command(finding.severity)) + " file=" + escaped(finding.file, true) +
           ",line=" + std::to_string(finding.line) + ",col=" + std::to_string(finding.column) +
           ",title=" + escaped(finding.rule, true) + "::" + escaped(text, false) + "\n";
  }
  return out;
}

}  // namespace lexecon::findings
