// Repeatable random JSON values, and small changes to a text.
#pragma once

#include <string>

#include "json/json.hpp"
#include "support/support.hpp"

namespace lexecon::test {

/// Any value that canonical JSON can say, at most `depth` containers deep.
[[nodiscard]] Json random_json(Random& random, int depth);
/// Valid UTF-8 with controls, quotes, characters of every length and, rarely, U+0000.
[[nodiscard]] std::string random_text(Random& random);
/// `text` with one byte changed, removed, added, or two stretches swapped.
[[nodiscard]] std::string mutated(Random& random, std::string text);

}  // namespace lexecon::test
