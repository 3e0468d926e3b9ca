#include "service/draft.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_file_bytes = 16U << 20U;
constexpr std::size_t max_policies = 256;

bool is_policy(std::string_view name) {
  return !name.starts_with('.') &&
         (name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json"));
}

std::vector<std::string> policy_names(const Path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  auto entries = fs::directory_iterator(folder, error);
  if (error == std::errc::no_such_file_or_directory) return names;
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    auto name = entries->path().filename().string();
    if (!is_policy(name)) continue;
    if (names.size() == max_policies) {
      throw Error(ErrorCode::bad_input, "expected at most 256 policy files", folder.string());
    }
    names.push_back(std::move(name));
  }
  if (error)
    throw Error(ErrorCode::io, "cannot list the folder: " + error.message(), folder.string());
  std::sort(names.begin(), names.end());
  return names;
}

// SECURITY: a link would put bytes from outside the folder in force
std::string read_regular(const Path& path) {
  std::error_code error;
  if (fs::is_symlink(fs::symlink_status(path, error))) {
    throw Error(ErrorCode::bad_input, "expected a regular file, found a symbolic link",
                path.string(), "put the file itself there");
  }
  return read_file(path, max_file_bytes);
}

}  // namespace

std::vector<decision::SetFile> read_draft(const ledger::NodeFiles& files) {
  std::vector<decision::SetFile> set;
  set.push_back({"node.yaml", read_regular(files.node_yaml())});
  for (const auto& name : policy_names(files.policies())) {
    set.push_back({"policies/" + name, read_regular(files.policies() / name)});
  }
  set.push_back({"risk.yaml", read_regular(files.risk_yaml())});
  return set;
}

std::vector<decision::SetFile> read_policies(const Path& folder) {
  if (!fs::is_directory(folder)) {
    throw Error(ErrorCode::not_found, "there is no such folder", folder.string());
  }
  if (fs::exists(folder / "node.yaml")) return read_draft({folder});
  std::vector<decision::SetFile> set;
  for (const auto& name : policy_names(folder)) set.push_back({name, read_regular(folder / name)});
  return set;
}

std::vector<decision::SetFile> read_tests(const ledger::NodeFiles& files) {
  const auto folder = files.policies() / "tests";
  std::vector<decision::SetFile> tables;
  for (const auto& name : policy_names(folder)) {
    tables.push_back({"policies/tests/" + name, read_regular(folder / name)});
  }
  return tables;
}

Drift drift(std::span<const decision::FileDigest> draft,
            std::span<const decision::FileDigest> active) {
  Drift found;
  auto old = active.begin();
  for (const auto& file : draft) {
    while (old != active.end() && old->name < file.name) found.removed.push_back((old++)->name);
    if (old == active.end() || old->name != file.name) {
      found.added.push_back(file.name);
    } else if ((old++)->sha256 != file.sha256) {
      found.changed.push_back(file.name);
    }
  }
  for (; old != active.end(); ++old) found.removed.push_back(old->name);
  return found;
}

}  // namespace lexecon::service
