// Tells canonical JSON from any other text in one pass, without building a value.
//
// Shapes   the same verdict as parse_canonical(), for readers of very many entries
// Source   RFC 8785
#pragma once

#include <string_view>

namespace lexecon::json {

/// parse_canonical(text) would not throw.
[[nodiscard]] bool is_canonical(std::string_view text);
/// ... and neither would require_plain() of its value: integers only, no U+0000.
[[nodiscard]] bool is_plain_canonical(std::string_view text);

}  // namespace lexecon::json
