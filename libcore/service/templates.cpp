#include "service/templates.hpp"

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace lexecon::service {
namespace {

constexpr std::string_view root = "policies/";
constexpr std::string_view node_file = "/node.yaml";

/// node.yaml, risk.yaml and policies/<file>; a template's notes stay behind.
bool belongs_to_set(std::string_view name) {
  if (name == "node.yaml" || name == "risk.yaml") return true;
  return name.starts_with(root) && name.find('/', root.size()) == std::string_view::npos;
}

bool is_test(std::string_view name) { return name.starts_with("policies/tests/"); }

template <class Wanted>
std::vector<decision::SetFile> files_of(const std::string& name, Wanted wanted) {
  std::vector<decision::SetFile> files;
  const auto prefix = std::string(root) + name + "/";
  for (const auto& file : embedded_files()) {
    if (!file.path.starts_with(prefix)) continue;
    const auto inside = file.path.substr(prefix.size());
    if (wanted(inside)) files.push_back({std::string(inside), std::string(file.bytes)});
  }
  return files;
}

}  // namespace

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (const auto& file : embedded_files()) {
    if (!file.path.starts_with(root) || !file.path.ends_with(node_file)) continue;
    auto name = file.path.substr(root.size());
    name.remove_suffix(node_file.size());
    if (name.find('/') == std::string_view::npos) names.emplace_back(name);
  }
  return names;
}

std::vector<decision::SetFile> template_files(const std::string& name) {
  auto files = files_of(name, belongs_to_set);
  if (!files.empty()) return files;
  const auto names = template_names();
  const auto near = did_you_mean(name, names);
  throw Error(ErrorCode::not_found, "there is no template `" + name + "`", {},
              near ? "did you mean `" + *near + "`?" : "templates: " + join(names, ", "));
}

std::vector<decision::SetFile> template_tests(const std::string& name) {
  return files_of(name, is_test);
}

}  // namespace lexecon::service
