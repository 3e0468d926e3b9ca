#include "node_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "base/error.hpp"
#include "base/text.hpp"

namespace lexecon::cli {
namespace {

constexpr auto folder_name = ".lexecon";

Path absolute(const std::string& text) {
  auto path = std::filesystem::absolute(text).lexically_normal();
  return path.has_filename() ? path : path.parent_path();  // without a slash at the end
}

/// SECURITY: in a folder that others can write to, anyone can plant a node that says yes.
void require_own(const Path& node) {
  struct stat entry {};
  struct stat target {};
  const bool own = lstat(node.c_str(), &entry) == 0 && stat(node.c_str(), &target) == 0 &&
                   entry.st_uid == geteuid() && target.st_uid == geteuid();
  if (own) return;
  throw Error(ErrorCode::not_permitted, "the node found here belongs to somebody else",
              node.string(),
              "if it is the one you mean, name it: --node " + shell_quote(node.string()));
}

}  // namespace

std::optional<Path> named_node(const std::optional<std::string>& option) {
  if (option) {
    if (option->empty()) throw Error(ErrorCode::usage, "expected a directory after `--node`");
    return absolute(*option);
  }
  const char* variable = std::getenv("LEXECON_NODE");
  if (variable == nullptr || *variable == '\0') return std::nullopt;
  return absolute(variable);
}

std::optional<Path> discover_node(const Path& start) {
  struct stat here {};
  if (stat(start.c_str(), &here) != 0) return std::nullopt;
  for (auto folder = start;; folder = folder.parent_path()) {
    struct stat above {};
    if (stat(folder.c_str(), &above) != 0 || above.st_dev != here.st_dev) return std::nullopt;
    const auto node = folder / folder_name;
    std::error_code ignored;
    if (std::filesystem::is_directory(node, ignored)) {
      require_own(node);
      return node;
    }
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

void require_folder(const Path& node) {
  std::error_code ignored;
  if (std::filesystem::is_directory(node, ignored)) return;
  throw Error(ErrorCode::not_found, "no node directory there", node.string(),
              "run `lexecon init` to make one");
}

void fail_no_node(bool discovers) {
  if (discovers) {
    throw Error(ErrorCode::not_found, "no node here: no .lexecon/ in this directory or above it",
                {}, "run `lexecon init`, or name one with --node DIR or LEXECON_NODE");
  }
  throw Error(
      ErrorCode::not_found, "no node was named", {},
      "this command never searches for one: --node DIR or LEXECON_NODE; `lexecon init` makes "
      "one");
}

}  // namespace lexecon::cli
