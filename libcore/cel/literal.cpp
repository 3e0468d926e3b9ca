#include "cel/literal.hpp"

#include <optional>
#include <string>

#include "base/utf8.hpp"
#include "cel/number.hpp"

namespace lexecon::cel {
namespace {

constexpr std::string_view simple_escapes = "\\?\"'`abfnrtv";
constexpr std::string_view simple_values = "\\?\"'`\a\b\f\n\r\t\v";

/// Reads what stands after backslashes.
class Unescaper {
 public:
  Unescaper(std::string_view body, bool bytes) : body_(body), bytes_(bytes) {}

  /// The text, or where in the body and why not.
  std::variant<std::string, Problem> run() {
    while (at_ < body_.size()) {
      if (body_[at_] != '\\') {
        out_ += body_[at_++];
        continue;
      }
      const auto start = at_++;
      if (!escape()) {
        return Problem{static_cast<std::uint32_t>(start),
                       "this escape means nothing in a " +
                           std::string(bytes_ ? "bytes" : "string") + " literal"};
      }
    }
    return std::move(out_);
  }

 private:
  bool escape() {
    const char c = at_ < body_.size() ? body_[at_] : '\0';
    const auto simple = simple_escapes.find(c);
    if (simple != std::string_view::npos && c != '\0') {
      out_ += simple_values[simple];
      ++at_;
      return true;
    }
    if (c >= '0' && c <= '3') return put(digits(3, 8));
    ++at_;
    if (c == 'x' || c == 'X') return put(digits(2, 16));
    if (bytes_) return false;
    if (c == 'u') return put_unit(digits(4, 16));
    return c == 'U' && put(digits(8, 16));
  }

  std::optional<char32_t> digits(std::size_t count, int base) {
    const auto text = body_.substr(at_, count);
    const auto value = text.size() == count ? read_unsigned(text, base) : std::nullopt;
    if (!value) return std::nullopt;
    at_ += count;
    return static_cast<char32_t>(*value);
  }

  /// A code point in a text, an octet in bytes, where no escape says more than 255.
  bool put(std::optional<char32_t> value) {
    if (!value) return false;
    if (bytes_) {
      out_ += static_cast<char>(*value);
      return true;
    }
    if (*value > 0x10FFFF || (*value >= 0xD800 && *value <= 0xDFFF)) return false;
    append_utf8(out_, *value);
    return true;
  }

  /// \uXXXX; a high surrogate takes the low one that must follow it.
  bool put_unit(std::optional<char32_t> unit) {
    if (!unit || *unit < 0xD800 || *unit > 0xDBFF) return put(unit);
    if (body_.substr(at_, 2) != "\\u") return false;
    at_ += 2;
    const auto low = digits(4, 16);
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
    return put(0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
  }

  std::string_view body_;
  bool bytes_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::variant<Value, Problem> read_number(const Token& token, bool negative) {
  const auto wrong = [&token](std::string_view type) {
    return Problem{token.at,
                   "`" + std::string(token.text) + "` is beyond the range of " + std::string(type)};
  };
  auto text = token.text;
  const bool is_hex = text.starts_with("0x");
  if (!is_hex && text.find_first_of(".eE") != std::string_view::npos) {
    const auto value = read_real(text);
    if (!value) return wrong("double");
    return Value::real(negative ? -*value : *value);
  }
  const bool is_unsigned = text.ends_with('u') || text.ends_with('U');
  if (is_unsigned) text.remove_suffix(1);
  if (is_hex) text.remove_prefix(2);
  const auto size = read_unsigned(text, is_hex ? 16 : 10);
  if (is_unsigned) {
    if (!size) return wrong("uint");
    return Value::unsigned_integer(*size);
  }
  constexpr std::uint64_t limit = std::uint64_t{1} << 63U;
  if (!size || *size > limit || (*size == limit && !negative)) return wrong("int");
  return Value::integer(static_cast<std::int64_t>(negative ? 0 - *size : *size));
}

std::variant<Value, Problem> read_string(const Token& token, Arena& storage) {
  const auto quote = token.text.find_first_of("'\"");
  const auto prefix = token.text.substr(0, quote);
  const bool bytes = prefix.find_first_of("bB") != std::string_view::npos;
  const bool raw = prefix.find_first_of("rR") != std::string_view::npos;
  const auto quoted = token.text.substr(quote);
  // Two quotes alone are an empty string, six an empty one in triple quotes.
  const bool triple = quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0];
  const std::size_t mark = triple ? 3 : 1;
  const auto body = quoted.substr(mark, quoted.size() - 2 * mark);
  const auto value = [bytes](std::string_view text) {
    return bytes ? Value::bytes(text) : Value::text(text);
  };
  if (raw || body.find('\\') == std::string_view::npos) return value(body);
  auto read = Unescaper(body, bytes).run();
  if (auto* problem = std::get_if<Problem>(&read)) {
    problem->at += token.at + static_cast<std::uint32_t>(quote + mark);
    return std::move(*problem);
  }
  return value(storage.copy(std::get<std::string>(read)));
}

}  // namespace lexecon::cel
