// A regular expression for matches(), by RE2: no pattern makes a search slow.
//
// Shapes   RE2 syntax over UTF-8; found anywhere in a text unless anchored
// Units    a search touches each byte of the text `weight` times: once for every sixteen
//          instructions of the compiled pattern, rounded up to a power of two
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace re2 {
class RE2;
}

namespace lexecon::cel {

class Pattern {
 public:
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  /// The pattern, or why it is none: RE2's words.
  [[nodiscard]] static std::variant<Pattern, std::string> compile(std::string_view text);

  [[nodiscard]] bool found_in(std::string_view text) const;
  [[nodiscard]] std::uint64_t weight() const;

 private:
  explicit Pattern(std::unique_ptr<re2::RE2> compiled);
  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace lexecon::cel
