// What git tells a hook on standard input, as requests for a decision.
//
// Shapes   pre-push "<local ref> <new> <remote ref> <old>", pre-receive "<old> <new> <ref>";
//          action:git:<operation>, resource:git:<repository>/<ref>, bytes that a term cannot hold
//          percent-encoded
// Errors   Error{bad_input} naming the line
// Source   githooks(5); lexecon-hook(1)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "git.hpp"
#include "json/fwd.hpp"

namespace lexecon::cli {

/// Empty when git had nothing to push.
[[nodiscard]] std::vector<RefUpdate> read_updates(std::string_view hook, std::string_view bytes);
[[nodiscard]] std::string ref_resource(std::string_view repository, std::string_view ref);
/// A request document.
[[nodiscard]] Json push_request(const RefUpdate& update, UpdateKind kind, const std::string& actor,
                                const std::string& repository);

}  // namespace lexecon::cli
