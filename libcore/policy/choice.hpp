// One word of a closed list, read from a policy file.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "json/node.hpp"

namespace lexecon::policy {

/// The position of the value in `names`; fails with the whole list and "did you mean".
[[nodiscard]] inline std::size_t choice(const json::NodeReader& reader, const json::Node& value,
                                        std::string_view what,
                                        std::span<const std::string_view> names) {
  const auto& text = reader.as_text(value, what);
  const auto found = std::find(names.begin(), names.end(), std::string_view(text));
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::vector<std::string> known(names.begin(), names.end());
  const auto near = did_you_mean(text, known);
  reader.fail(value.mark,
              "expected one of " + join(known, ", ") + " as " + std::string(what) + ", found `" +
                  printable(text) + "`",
              near ? "did you mean `" + *near + "`?" : std::string());
}

}  // namespace lexecon::policy
