#include "decision/active_set.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"

namespace lexecon::decision {
namespace {

constexpr std::string_view policy_folder = "policies/";
constexpr std::size_t max_policies = 256;
constexpr std::size_t max_name_bytes = 100;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_policy_name(std::string_view name) {
  if (name.empty() || name.size() > max_name_bytes || !is_letter_or_digit(name.front())) {
    return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

bool has_policy_suffix(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

void check_name(const std::string& name) {
  if (name == "node.yaml" || name == "risk.yaml") return;
  if (name.starts_with(policy_folder)) {
    const auto file = std::string_view(name).substr(policy_folder.size());
    if (is_policy_name(file) && has_policy_suffix(file)) return;
  }
  throw Error(ErrorCode::bad_input, "`" + printable(name) + "` is no file of a policy set", name,
              "node.yaml, risk.yaml and policies/<name>.yaml, .yml or .json; names of 1 to 100 "
              "letters, digits and `._-`, first a letter or digit");
}

const SetFile& named(std::span<const SetFile> files, std::string_view name) {
  return *std::find_if(files.begin(), files.end(),
                       [&](const SetFile& file) { return file.name == name; });
}

}  // namespace

void check_names(std::span<const SetFile> files) {
  std::map<std::string, std::string> seen;
  std::size_t policies = 0;
  for (const auto& file : files) {
    check_name(file.name);
    const auto [known, fresh] = seen.emplace(lower(file.name), file.name);
    if (!fresh) {
      throw Error(ErrorCode::bad_input,
                  "`" + file.name + "` and `" + known->second + "` differ in case only or are one",
                  file.name, "rename one of the two");
    }
    if (file.name.starts_with(policy_folder)) ++policies;
  }
  for (const auto* name : {"node.yaml", "risk.yaml"}) {
    if (!seen.contains(name)) {
      throw Error(ErrorCode::bad_input, "a policy set needs `" + std::string(name) + "`", name);
    }
  }
  if (policies > max_policies) {
    throw Error(ErrorCode::bad_input,
                "expected at most 256 policy files, found " + std::to_string(policies),
                "policies/");
  }
}

std::vector<FileDigest> digests(std::span<const SetFile> files) {
  std::vector<FileDigest> out;
  for (const auto& file : files) out.push_back({file.name, crypto::sha256(file.bytes)});
  std::sort(out.begin(), out.end(),
            [](const FileDigest& a, const FileDigest& b) { return a.name < b.name; });
  return out;
}

Hash set_hash(std::span<const FileDigest> files) {
  std::vector<FileDigest> sorted(files.begin(), files.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const FileDigest& a, const FileDigest& b) { return a.name < b.name; });
  auto list = Json::array();
  for (const auto& file : sorted) {
    list.push_back({{"name", file.name}, {"sha256", file.sha256.hex()}});
  }
  return crypto::sha256(
      json::canonical(Json{{"construction", "lexecon-policy-set/1"}, {"files", std::move(list)}}));
}

ActiveSet load_set(std::span<const SetFile> files) {
  check_names(files);
  ActiveSet out;
  out.node = load_node_config(named(files, "node.yaml").bytes, "node.yaml");
  std::vector<policy::SourceFile> policies;
  for (const auto& file : files) {
    if (file.name.starts_with(policy_folder)) policies.push_back({file.name, file.bytes});
  }
  out.policies = policy::load(policies);
  out.risk = risk::load_model(named(files, "risk.yaml").bytes, "risk.yaml");
  out.files = digests(files);
  out.policy_hash = set_hash(out.files);
  return out;
}

}  // namespace lexecon::decision
