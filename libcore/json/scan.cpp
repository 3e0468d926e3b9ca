#include "json/scan.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "base/utf8.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"

namespace lexecon::json {
namespace {

/// Each function moves past what it names and returns false where that does not stand.
class Scanner {
 public:
  Scanner(std::string_view text, bool plain) : text_(text), plain_(plain) {}

  bool document() { return value(0) && at_ == text_.size(); }

 private:
  bool value(std::size_t depth) {
    switch (peek()) {
      case '{':
        return depth < max_depth && object(depth + 1);
      case '[':
        return depth < max_depth && array(depth + 1);
      case '"':
        return string();
      case 'n':
        return literal("null");
      case 't':
        return literal("true");
      case 'f':
        return literal("false");
      default:
        return number();
    }
  }

  bool object(std::size_t depth) {
    ++at_;
    if (eat('}')) return true;
    std::optional<Key> before;
    do {
      const std::size_t start = at_ + 1;
      has_escape_ = false;
      if (!string()) return false;
      Key key(text_.substr(start, at_ - 1 - start), has_escape_);
      if (before && !utf16_less(before->view(), key.view())) return false;
      before.emplace(std::move(key));
      if (!eat(':') || !value(depth)) return false;
    } while (eat(','));
    return eat('}');
  }

  bool array(std::size_t depth) {
    ++at_;
    if (eat(']')) return true;
    do {
      if (!value(depth)) return false;
    } while (eat(','));
    return eat(']');
  }

  bool string() {
    if (!eat('"')) return false;
    while (at_ < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte == '"') {
        ++at_;
        return true;
      }
      if (byte < 0x20 || (byte == '\\' && !escape()) || (byte >= 0x80 && !character())) {
        return false;
      }
      if (byte < 0x80 && byte != '\\') ++at_;
    }
    return false;
  }

  bool character() {
    const auto read = utf8_at(text_, at_);
    if (!read) return false;
    at_ += read->length;
    return true;
  }

  /// Only what must be escaped is, and in the shortest way: \u00 is left for nameless controls.
  bool escape() {
    has_escape_ = true;
    ++at_;
    if (peek() != 'u') return at_ < text_.size() && eat_any("\"\\bfnrt");
    const auto code = control(text_.substr(at_ + 1, 4));
    if (!code || (*code == 0 && plain_)) return false;
    at_ += 5;
    return true;
  }

  /// The value of "0000" to "001f", less those that have a name.
  static std::optional<unsigned> control(std::string_view digits) {
    if (digits.size() != 4 || !digits.starts_with("00")) return std::nullopt;
    constexpr std::string_view hex = "0123456789abcdef";
    const auto low = hex.find(digits[3]);
    if ((digits[2] != '0' && digits[2] != '1') || low == std::string_view::npos) {
      return std::nullopt;
    }
    const auto code = static_cast<unsigned>(low) + (digits[2] == '1' ? 16U : 0U);
    const bool named = code == '\b' || code == '\t' || code == '\n' || code == '\f' || code == '\r';
    return named ? std::nullopt : std::optional(code);
  }

  bool number() {
    const std::size_t start = at_;
    const auto end = std::min(text_.find_first_not_of("0123456789+-.eE", start), text_.size());
    at_ = end;
    const std::string_view token = text_.substr(start, end - start);
    return token.find_first_of(".eE") == std::string_view::npos ? is_integer(token)
                                                                : !plain_ && is_double(token);
  }

  static bool is_integer(std::string_view token) {
    constexpr std::size_t longest = 16;  // digits of 2^53-1
    std::string_view digits = token;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > longest) return false;
    if (digits.front() == '0' && token != "0") return false;
    std::int64_t number = 0;
    const auto read = std::from_chars(token.data(), token.data() + token.size(), number);
    return read.ec == std::errc{} && read.ptr == token.data() + token.size() &&
           number <= max_integer && number >= -max_integer;
  }

  static bool is_double(std::string_view token) {
    double number = 0;
    const auto read = std::from_chars(token.data(), token.data() + token.size(), number);
    return read.ec == std::errc{} && read.ptr == token.data() + token.size() &&
           number_text(number) == token;
  }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool eat(char c) { return eat_any({&c, 1}); }
  bool eat_any(std::string_view set) {
    if (at_ == text_.size() || set.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  bool literal(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  /// A member's name as it sorts: unescaped, and copied only when it holds an escape.
  class Key {
   public:
    Key(std::string_view raw, bool has_escape) : raw_(raw), escaped_(has_escape) {
      if (has_escape) unescape();
    }
    [[nodiscard]] std::string_view view() const { return escaped_ ? copy_ : raw_; }

   private:
    /// The name was scanned, so each escape is one of escape().
    void unescape() {
      constexpr std::string_view letters = "bfnrt";
      constexpr std::string_view controls = "\b\f\n\r\t";
      for (std::size_t i = 0; i < raw_.size(); ++i) {
        if (raw_[i] != '\\') {
          copy_ += raw_[i];
          continue;
        }
        const char kind = raw_[++i];
        if (kind == 'u') {
          copy_ += static_cast<char>(control(raw_.substr(i + 1, 4)).value_or(0));
          i += 4;
          continue;
        }
        const auto index = letters.find(kind);
        copy_ += index == std::string_view::npos ? kind : controls[index];
      }
    }

    std::string_view raw_;
    bool escaped_;
    std::string copy_;
  };

  std::string_view text_;
  bool plain_;
  bool has_escape_ = false;
  std::size_t at_ = 0;
};

}  // namespace

bool is_canonical(std::string_view text) { return Scanner(text, false).document(); }
bool is_plain_canonical(std::string_view text) { return Scanner(text, true).document(); }

}  // namespace lexecon::json
