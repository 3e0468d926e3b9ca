// The members of an object where they stand in its text: nothing is built.
//
// Shapes   canonical text that somebody has checked, and names without escapes; of any other text the answer is
//          some slice of it, or nothing
// Source   RFC 8785
#pragma once

#include <optional>
#include <string_view>

namespace lexecon::json {

struct Slice {
  std::string_view name;  // between its quotes
  std::string_view value;
};

/// Reads an object member by member.
class Slices {
 public:
  explicit Slices(std::string_view object);
  [[nodiscard]] std::optional<Slice> next();

 private:
  std::string_view rest_;  // from the next name on
};

/// The value of a member; empty when there is none.
[[nodiscard]] std::string_view slice(std::string_view object, std::string_view name);
/// What stands between the quotes of a value; empty when it is no text.
[[nodiscard]] std::string_view unquoted(std::string_view value);

}  // namespace lexecon::json
