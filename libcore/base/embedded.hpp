// Files that the program carries: the policy packs that `init` unpacks, the hooks it installs.
//
// Shapes   paths as in the source tree, "policies/minimal/node.yaml", ascending as bytes
// Source   cmake/embed.sh writes the table from policies/ and templates/
#pragma once

#include <span>
#include <string_view>

namespace lexecon {

struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace lexecon
