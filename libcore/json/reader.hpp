// Typed, strict access to the members of a JSON object.
//
// Errors   Error{bad_input} with the JSON pointer: a missing member, a wrong type or range, and, in
//          finish(), every member that nobody asked for, with "did you mean"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/fwd.hpp"

namespace lexecon::json {

class Reader {
 public:
  /// `value` and the names asked for must outlive the reader; `value` must be an object.
  explicit Reader(const Json& value, std::string pointer = {});

  [[nodiscard]] bool has(std::string_view name) const;
  /// The member, or Error when it is absent.
  const Json& member(std::string_view name);
  /// The member, or nullptr when absent. null counts as present.
  const Json* optional_member(std::string_view name);
  /// A string member, as it stands in the value.
  const std::string& text(std::string_view name);
  /// A string member, or nothing when absent or null.
  std::optional<std::string> optional_text(std::string_view name);
  std::int64_t integer(std::string_view name, std::int64_t low, std::int64_t high);
  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t low,
                                               std::int64_t high);
  bool boolean(std::string_view name);
  /// An array of strings; empty when absent.
  std::vector<std::string> texts(std::string_view name);
  /// The JSON pointer of a member of this object.
  [[nodiscard]] std::string pointer(std::string_view name) const;
  /// Throws when the object holds a member that was never read.
  void finish() const;

 private:
  const Json& value_;
  std::string pointer_;
  std::vector<std::string_view> seen_;
};

/// Escapes one reference token of a JSON pointer (RFC 6901).
[[nodiscard]] std::string pointer_token(std::string_view name);

}  // namespace lexecon::json
