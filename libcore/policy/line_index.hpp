// Marks as offsets: where each line of a text begins.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "json/node.hpp"

namespace lexecon::policy {

class LineIndex {
 public:
  explicit LineIndex(std::string_view text) : text_(text) {
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      starts_.push_back(at + 1);
    }
  }
  /// At most the size of the text.
  [[nodiscard]] std::size_t offset(const json::Mark& mark) const {
    const auto line = std::min<std::size_t>(mark.line, starts_.size());
    return std::min(starts_[line - 1] + mark.column - 1, text_.size());
  }
  [[nodiscard]] std::size_t line_of(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return static_cast<std::size_t>(after - starts_.begin());
  }
  /// Counted from 1, without its end; nothing when there is no such line.
  [[nodiscard]] std::string_view line(std::size_t number) const {
    if (number == 0 || number > starts_.size()) return {};
    auto out = text_.substr(starts_[number - 1]);
    out = out.substr(0, out.find('\n'));
    if (out.ends_with('\r')) out.remove_suffix(1);
    return out;
  }
  [[nodiscard]] std::size_t start(std::size_t number) const { return starts_[number - 1]; }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_{0};
};

}  // namespace lexecon::policy
