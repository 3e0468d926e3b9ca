#include "findings_answer.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "output.hpp"

namespace lexecon::cli {

Option findings_format() {
  return {"--format", "FORMAT", "The form of the answer: for people, or for a build server", false,
          "text|json|sarif|junit|github"};
}

void require_one_form(const Arguments& given, const Context& context) {
  const auto format = given.text("--format").value_or("json");
  if (format == "json") return;
  if (context.wants_json() || given.has("--pointer")) {
    throw Error(ErrorCode::usage,
                "expected --format " + format + " or the JSON document, seen both");
  }
}

void answer_findings(const Arguments& given, Context& context, const findings::Report& report,
                     const Json& document, const std::string& text) {
  const auto format = given.text("--format").value_or("text");
  if (format == "sarif") return context.print(json_text(findings::to_sarif(report), true));
  if (format == "junit") return context.print(findings::to_junit(report));
  if (format == "github") return context.print(findings::to_github(report));
  if (format == "json" && !given.has("--pointer")) {
    return context.print(json_text(document, false));
  }
  context.answer(document, [&](const Json&) { return text; });
}

std::string shown_folder(const Path& folder) {
  const auto near = folder.lexically_normal().lexically_proximate(std::filesystem::current_path());
  const auto shown = near.empty() || *near.begin() == ".." ? folder : near;
  if (shown == ".") return "";
  const auto text = printable(shown.string());
  return text.ends_with('/') ? text : text + "/";
}

}  // namespace lexecon::cli
