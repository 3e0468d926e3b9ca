// The bytes of a stored term; which names a term may have is for policy/ to say.
//
// Source   lexecon-policy(5), Terms and matching
#pragma once

#include <string_view>

namespace lexecon::chain {

/// `prefix` and a name of [A-Za-z0-9._:@/+%-], together at most 255 bytes.
[[nodiscard]] bool is_term(std::string_view text, std::string_view prefix);

}  // namespace lexecon::chain
