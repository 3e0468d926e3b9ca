// Members of a lexecon.report/1, read by renderers: nothing of it is trusted, and what is absent is empty.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/fwd.hpp"

namespace lexecon::report {

/// The member, or a null.
[[nodiscard]] const Json& at(const Json& value, std::string_view name);
/// The items of a list; none of anything else.
[[nodiscard]] const Json& list_at(const Json& value, std::string_view name);
/// A text as it is, a number or a boolean as its JSON, nothing for all else.
[[nodiscard]] std::string text_at(const Json& value, std::string_view name);
[[nodiscard]] std::string text_of(const Json& value);
/// An integer from 0; else 0.
[[nodiscard]] std::uint64_t number_at(const Json& value, std::string_view name);
/// The texts of a list, with that between them.
[[nodiscard]] std::string joined(const Json& list, std::string_view separator);

/// The sets of entries of a model, by their ids.
class Sets {
 public:
  explicit Sets(const Json& model);
  /// A null when there is none of that id.
  [[nodiscard]] const Json& find(std::string_view id) const;
  [[nodiscard]] std::uint64_t count(std::string_view id) const;

 private:
  std::map<std::string, const Json*, std::less<>> sets_;
};

}  // namespace lexecon::report
