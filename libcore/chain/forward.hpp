// Reads canonical JSON forward, where every member stands in a known order: no tree, no copy.
//
// Shapes   only texts of printable ASCII without escapes, and integers; each function moves past what it
//          names, or returns false and leaves the rest to the reader of every form
// Source   RFC 8785
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace lexecon::chain {

/// The alphabets of formats, one bit each.
enum Alphabet : std::uint16_t {
  node_alphabet = 1U << 1U,         // [a-z0-9._-]
  origin_alphabet = 1U << 2U,       // [a-z0-9._/-]
  code_alphabet = 1U << 3U,         // [a-z0-9_.:-]
  free_alphabet = 1U << 4U,         // [A-Za-z0-9._:@/+-]
  term_alphabet = 1U << 5U,         // [A-Za-z0-9._:@/+%-]
  event_alphabet = 1U << 6U,        // [a-z_.]
  requirement_alphabet = 1U << 7U,  // [A-Za-z0-9_]
  crockford_alphabet = 1U << 8U,    // [0-9A-HJKMNP-TV-Z]
  visible_alphabet = 1U << 9U,      // [!-~]
  every_alphabet = 1U << 10U,       // any byte that stands for itself in a text
};

/// A text of bytes that stand for themselves.
struct Word {
  std::string_view text;

  /// The alphabets that hold all of its bytes.
  [[nodiscard]] unsigned alphabets() const;
  [[nodiscard]] bool is(Alphabet alphabet) const { return (alphabets() & alphabet) != 0; }
  [[nodiscard]] bool is_hex(std::size_t digits) const { return lexecon::is_hex(text, digits); }
  /// `prefix`, then so many hex digits.
  [[nodiscard]] bool is_hex_behind(std::string_view prefix, std::size_t digits) const;
  [[nodiscard]] bool is_node_id() const;
  [[nodiscard]] bool is_origin() const;
  [[nodiscard]] bool is_code() const;
  [[nodiscard]] bool is_free_identifier() const;
  [[nodiscard]] bool is_term(std::string_view prefix) const;
  [[nodiscard]] bool is_event_type() const;
  [[nodiscard]] bool is_requirement() const;
  [[nodiscard]] bool is_decision_id() const;
};

class Forward {
 public:
  explicit Forward(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  /// Exactly these bytes; of a known size, so that no call is made to compare them.
  template <std::size_t size>
  bool literal(const char (&bytes)[size]) {
    constexpr std::size_t length = size - 1;
    if (static_cast<std::size_t>(end_ - at_) < length ||
        __builtin_memcmp(at_, bytes, length) != 0) {
      return false;
    }
    at_ += length;
    return true;
  }
  bool text(Word& word);
  /// So many bytes between quotes, which it is left to the caller to look at: unlike any other text,
  /// nothing has to be read to know where it ends.
  bool framed(Word& word, std::size_t size) {
    if (static_cast<std::size_t>(end_ - at_) < size + 2 || at_[0] != '"' || at_[size + 1] != '"') {
      return false;
    }
    word.text = {at_ + 1, size};
    at_ += size + 2;
    return true;
  }
  /// A text of so many hex digits.
  bool hex(Word& word, std::size_t digits) { return framed(word, digits) && word.is_hex(digits); }
  bool hash(Hash& hash);
  bool integer(std::int64_t& number, std::int64_t low, std::int64_t high);
  /// Any value, at most `depth` containers deep.
  bool value(std::size_t depth);
  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] const char* position() const { return at_; }

 private:
  bool object(std::size_t depth);
  bool array(std::size_t depth);

  const char* at_;
  const char* end_;
};

}  // namespace lexecon::chain
