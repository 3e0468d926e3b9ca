// The patterns of a set, interned, and which of them hit an id.
//
// Units    finding those that hit an id costs one probe for it and one for each length that a
//          prefix pattern of the set has
// Source   lexecon-policy(5), Terms and matching
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/term.hpp"

namespace lexecon::policy {

/// Lets a string map be asked with a view.
struct TextHash {
  using is_transparent = void;  // NOLINT(readability-identifier-naming): the library's name
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

using PatternId = std::uint32_t;
/// "*" alone.
inline constexpr PatternId any_pattern = 0;

class Patterns {
 public:
  /// The id of `pattern`, which pattern_fault has nothing against, or "*".
  [[nodiscard]] PatternId intern(std::string_view pattern);
  /// Appends the patterns that hit `id`, "*" left out; some may stand there already.
  void append_hits(std::string_view id, std::vector<PatternId>& out) const;

 private:
  TextMap<PatternId> exact_;
  TextMap<PatternId> prefixes_;            // without the '*'
  std::vector<std::size_t> prefix_sizes_;  // ascending, unique
  PatternId next_ = any_pattern + 1;
};

}  // namespace lexecon::policy
