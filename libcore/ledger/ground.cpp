#include "ledger/ground.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ledger/head.hpp"

namespace lexecon::ledger {

void refuse_network_filesystem(const Path& folder, bool is_allowed) {
  if (is_allowed || !is_network_filesystem(folder)) return;
  throw Error(ErrorCode::configuration,
              "the node lies on a network file system, where locks and syncs do not hold",
              folder.string(),
              "move the node to a local disk, or accept the risk with --allow-network-fs");
}

void refuse_what_stands_there(const Path& path) {
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, failed))) return;
  throw Error(ErrorCode::cannot_create, "something of a ledger is already there", path.string(),
              "choose another directory, or remove what is left of the old node");
}

void refuse_another_log_of_that_name(const Path& state_home, const std::string& origin) {
  if (state_home.empty()) return;
  const Path head = user_head(state_home, origin);
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::symlink_status(head, failed))) return;
  throw Error(ErrorCode::cannot_create, "a log named `" + origin + "` has already left its head",
              head.string(),
              "choose another --origin, or remove that file when its log is gone for good");
}

Path recovering(const NodeFiles& files) { return files.folder / "recover"; }

Path restoring(const NodeFiles& files) { return files.folder / "restore"; }

void remove_left_over(const NodeFiles& files) {
  const std::array prefixes{files.head_note().filename().string() + ".new.",
                            recovering(files).filename().string() + ".",
                            restoring(files).filename().string() + "."};
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(files.folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const auto is_of_a_process = [&name](const std::string& prefix) {
      return name.starts_with(prefix) && parse_integer(name.substr(prefix.size()));
    };
    if (std::none_of(prefixes.begin(), prefixes.end(), is_of_a_process)) continue;
    std::filesystem::remove_all(entry.path(), ignored);
  }
}

}  // namespace lexecon::ledger
