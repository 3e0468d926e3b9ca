// Reads canonical JSON forward, where every member stands in a known order: no tree, no copy.
//
// Shapes   only texts of printable ASCII without escapes, and integers; each function moves past what it
//          names, or returns false and leaves the rest to the reader of every form
// Source   RFC 8785
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace lexecon::chain {

/// The alphabets of formats, one bit each; a text has the bits that all of its bytes have.
enum Alphabet : std::uint16_t {
  hex_alphabet = 1U << 0U,          // [0-9a-f]
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

/// A text and the alphabets that hold all of its bytes.
struct Word {
  std::string_view text;
  unsigned alphabets = 0;

  [[nodiscard]] bool is(Alphabet alphabet) const { return (alphabets & alphabet) != 0; }
  [[nodiscard]] bool is_hex(std::size_t digits) const {
    return text.size() == digits && is(hex_alphabet);
  }
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
  /// The digest that 64 hex digits say.
  [[nodiscard]] std::optional<Hash> hash() const;
};

class Forward {
 public:
  explicit Forward(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  /// Exactly these bytes.
  bool literal(std::string_view bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes.size() ||
        std::string_view(at_, bytes.size()) != bytes) {
      return false;
    }
    at_ += bytes.size();
    return true;
  }
  bool text(Word& word);
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
