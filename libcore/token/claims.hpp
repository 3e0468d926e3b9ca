// The claims of a token as canonical JSON, and back.
//
// Errors   Error{bad_input} with the JSON pointer of the claim
// Source   lexecon-token(5)
#pragma once

#include <string>
#include <string_view>

#include "token/token.hpp"

namespace lexecon::token {

inline constexpr std::string_view token_type = "lexecon-cap/1";

/// m; throws when a claim has the wrong shape.
[[nodiscard]] std::string to_message(const Claims& claims);
/// Strict: exactly the claims, canonical, each of its shape.
[[nodiscard]] Claims parse_message(std::string_view message);

}  // namespace lexecon::token
