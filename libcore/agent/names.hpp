// What a tool call touches, as the id of a resource: one spelling for each, and none for two.
//
// Shapes   resource:file:<path below the top>, resource:file_abs:<path without its first '/'>, the top
//          and the root themselves `%2F`; resource:host:<name>[:<port>]; in a segment every byte but
//          [A-Za-z0-9._@+-] percent-encoded. What would be over 255 bytes keeps the leading segments
//          that leave room for `%00` and the SHA-256 of the whole: no name has a NUL
// Errors   Error{bad_input}
// Source   lexecon-hook(7), Resources
#pragma once

#include <string>
#include <string_view>

#include "base/files.hpp"

namespace lexecon::agent {

/// Whether `real` is `top` or below it; both are real paths.
[[nodiscard]] bool is_inside(const Path& real, const Path& top);
[[nodiscard]] std::string file_resource(const Path& real, const Path& top);
/// Of an http or https URL in its plain form; the port of the scheme is left out.
[[nodiscard]] std::string host_resource(std::string_view url);

}  // namespace lexecon::agent
