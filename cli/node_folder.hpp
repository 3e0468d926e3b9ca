// Which directory is the node: named, or found upward from the working directory.
//
// Errors   Error{not_found}; Error{not_permitted} for a discovered one of somebody else
// Source   lexecon(1), The node
#pragma once

#include <optional>
#include <string>

#include "base/files.hpp"

namespace lexecon::cli {

/// `option`, else LEXECON_NODE when it is not empty; absolute.
[[nodiscard]] std::optional<Path> named_node(const std::optional<std::string>& option);
/// The nearest .lexecon/ at or above `start`, on the same file system, owned by the caller.
[[nodiscard]] std::optional<Path> discover_node(const Path& start);
/// Throws unless a directory stands there.
void require_folder(const Path& node);
[[noreturn]] void fail_no_node(bool discovers);

}  // namespace lexecon::cli
