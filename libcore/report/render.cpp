#include "report/render.hpp"

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "report/markup.hpp"
#include "report/model.hpp"
#include "report/oscal.hpp"
#include "report/view.hpp"

namespace lexecon::report {
namespace {

std::string path_of(Format format, std::string_view name) {
  return "templates/reports/" + std::string(to_string(format)) + "/" + std::string(name) +
         ".mustache";
}

std::optional<std::string> carried(const std::string& path) {
  for (const auto& file : embedded_files()) {
    if (file.path == path) return std::string(file.bytes);
  }
  return std::nullopt;
}

}  // namespace

Partials built_in_parts(Format format) {
  return [format](const std::string& name) { return carried(path_of(format, name)); };
}

Template built_in(std::string_view kind, Format format) {
  const auto name = kind == "executive" ? "executive" : "report";
  const auto path = path_of(format, name);
  const auto text = carried(path);
  if (!text) {
    throw Error(ErrorCode::internal,
                "there is no template for " + std::string(to_string(format)) + " reports");
  }
  return whole({path, *text}, built_in_parts(format));
}

std::string render(const Json& model, Format format, const Template& from) {
  const Markup markup(format);
  return fill(from, view_of(model, format),
              [&markup](std::string_view text) { return markup.escaped(text); });
}

std::string render(const Json& model, Format format) {
  switch (format) {
    case Format::json:
      return json::canonical(model) + "\n";
    case Format::csv:
      return csv_of(model);
    case Format::markdown:
    case Format::html:
      return render(model, format, built_in(text_at(model, "kind"), format));
    case Format::oscal_ar:
      return json::canonical(assessment_results(model)) + "\n";
    case Format::oscal_poam:
      return json::canonical(plan_of_action(model)) + "\n";
  }
  return {};
}

}  // namespace lexecon::report
