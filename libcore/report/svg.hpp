// Shapes of a drawing, each as one element.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lexecon::report {

struct Box {
  std::int64_t x = 0;
  std::int64_t y = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
};

enum class Anchor : std::uint8_t { start, middle, end };

/// A drawing with a title; `body` is of elements of this file.
[[nodiscard]] std::string svg(std::int64_t width, std::int64_t height, std::string_view title,
                              std::string_view body);
/// `attributes` are ours: class="…" and presentation.
[[nodiscard]] std::string svg_rect(const Box& box, std::string_view attributes);
/// `text` is anybody's; more than `limit` characters are cut, and stand in a title.
[[nodiscard]] std::string svg_text(std::int64_t x, std::int64_t y, Anchor anchor,
                                   std::string_view text, std::size_t limit,
                                   std::string_view attributes = {});
/// Elements that lead to a set of entries; as they are when `set` is no E<n>.
[[nodiscard]] std::string svg_to_set(std::string_view elements, std::string_view set);

}  // namespace lexecon::report
