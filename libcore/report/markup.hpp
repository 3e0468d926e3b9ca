// Pieces of a page that are more than text: code, links, marks; in HTML or in Markdown.
//
// Shapes   a Json binary value, which no JSON that was read holds: a template takes it as it is
// Source   HTML; GFM
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/fwd.hpp"
#include "report/format.hpp"

namespace lexecon::report {

[[nodiscard]] Json markup(std::string_view text);
/// The bytes of one.
[[nodiscard]] std::string bytes_of(const Json& markup);

/// What a piece looks like in one format, Format::html or Format::markdown.
class Markup {
 public:
  explicit Markup(Format format) : is_html_(format == Format::html) {}

  [[nodiscard]] bool is_html() const { return is_html_; }
  /// Text of anybody, for between tags and between quotes.
  [[nodiscard]] std::string escaped(std::string_view text) const;
  [[nodiscard]] std::string code(std::string_view text) const;
  /// A line to copy, for a block of such lines.
  [[nodiscard]] std::string line(std::string_view text) const;
  /// Text that leads to the set of entries E<n> in the appendix; without a link when `set` is no such id.
  [[nodiscard]] std::string to_set(std::string_view text, std::string_view set) const;
  [[nodiscard]] std::string count(std::uint64_t number, std::string_view set) const;

 private:
  bool is_html_;
};

/// E<n>: what may stand in a link.
[[nodiscard]] bool is_set_id(std::string_view text);

}  // namespace lexecon::report
