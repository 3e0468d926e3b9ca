// Findings as JUnit XML: a test for each check, which fails when the whole would.
#include <algorithm>

#include "base/utf8.hpp"
#include "findings/report.hpp"

namespace lexecon::findings {
namespace {

/// XML 1.0, Char: what no escape can say is left out.
bool is_xml(char32_t point) {
  if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
  return point != 0xFFFE && point != 0xFFFF;
}

std::string escaped(char32_t point) {
  switch (point) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&apos;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      break;
  }
  std::string out;
  append_utf8(out, point);
  return out;
}

std::string xml(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto read = utf8_at(text, at);
    if (read && is_xml(read->point)) out += escaped(read->point);
    at += read ? read->length : 1;
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml(value) + "\"";
}

std::string line_of(const Finding& finding) {
  return finding.file + ":" + std::to_string(finding.line) + ":" + std::to_string(finding.column) +
         ": " + finding.message + (finding.hint.empty() ? "" : "\nhint: " + finding.hint);
}

bool has_failed(const Report& report, const Check& check) {
  return std::any_of(check.findings.begin(), check.findings.end(),
                     [&](const Finding& finding) { return fails(report, finding.severity); });
}

std::string test_case(const Report& report, const Check& check) {
  const auto head =
      "    <testcase" + attribute("classname", check.suite) + attribute("name", check.name);
  std::string inside;
  for (const auto& finding : check.findings) {
    if (fails(report, finding.severity)) {
      inside += "      <failure" + attribute("type", finding.rule) +
                attribute("message", finding.message) + ">" + xml(line_of(finding)) +
                "</failure>\n";
    } else {
      inside += "      <system-out>" +
                xml(std::string(to_string(finding.severity)) + ": " + line_of(finding)) +
                "</system-out>\n";
    }
  }
  return inside.empty() ? head + "/>\n" : head + ">\n" + inside + "    </testcase>\n";
}

using CheckIterator = std::vector<Check>::const_iterator;

std::string numbers(const Report& report, CheckIterator first, CheckIterator last) {
  const auto failed =
      std::count_if(first, last, [&](const Check& check) { return has_failed(report, check); });
  return attribute("tests", std::to_string(last - first)) +
         attribute("failures", std::to_string(failed)) + attribute("errors", "0") +
         attribute("skipped", "0");
}

}  // namespace

std::string to_junit(const Report& report) {
  const auto& checks = report.checks;
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                    attribute("name", "lexecon " + report.tool) +
                    numbers(report, checks.begin(), checks.end()) + ">\n";
  for (auto first = checks.begin(); first != checks.end();) {
    const auto last = std::find_if(first, checks.end(),
                                   [&](const Check& check) { return check.suite != first->suite; });
    out += "  <testsuite" + attribute("name", first->suite) + numbers(report, first, last) + ">\n";
    for (; first != last; ++first) out += test_case(report, *first);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace lexecon::findings
