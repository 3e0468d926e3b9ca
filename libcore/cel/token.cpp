#include "cel/token.hpp"

#include <algorithm>
#include <array>

namespace lexecon::cel {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array keywords = {"false"sv, "in"sv, "null"sv, "true"sv};
constexpr std::array reserved_words = {
    "as"sv,        "break"sv,  "const"sv,  "continue"sv, "else"sv, "for"sv,
    "function"sv,  "if"sv,     "import"sv, "let"sv,      "loop"sv, "package"sv,
    "namespace"sv, "return"sv, "var"sv,    "void"sv,     "while"sv};
constexpr std::array two_byte_signs = {"&&"sv, "||"sv, "<="sv, ">="sv, "=="sv, "!="sv};
constexpr std::string_view signs = "+-*/%<>!?:.,()[]{}";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_in_quoted_name(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '/' || c == ' ';
}

/// The length of r b R B rb bR ... before a quote, or npos when no string begins here.
std::size_t string_prefix(std::string_view text) {
  const auto is = [text](std::size_t at, std::string_view set) {
    return at < text.size() && set.find(text[at]) != std::string_view::npos;
  };
  for (std::size_t length = 0; length <= 2; ++length) {
    if (is(length, "'\"")) {
      if (length == 2 && !(is(0, "bB") && is(1, "rR"))) break;
      return length;
    }
    if (!is(length, "rRbB")) break;
  }
  return std::string_view::npos;
}

}  // namespace

bool is_keyword(std::string_view name) {
  return std::find(keywords.begin(), keywords.end(), name) != keywords.end();
}

bool is_reserved(std::string_view name) {
  return is_keyword(name) ||
         std::find(reserved_words.begin(), reserved_words.end(), name) != reserved_words.end();
}

Token Lexer::next() {
  skip_space();
  if (at_ == source_.size()) return take(TokenKind::end, 0);
  const char c = peek();
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
  const auto prefix = string_prefix(source_.substr(at_));
  if (prefix != std::string_view::npos) return string(prefix);
  if (is_letter(c)) return name();
  if (c == '`') return quoted_name();
  const auto two = source_.substr(at_, 2);
  if (std::find(two_byte_signs.begin(), two_byte_signs.end(), two) != two_byte_signs.end()) {
    return take(TokenKind::sign, 2);
  }
  if (signs.find(c) != std::string_view::npos) return take(TokenKind::sign, 1);
  if (c == '=') return broken("expected `==`, found `=`");
  if (c == '&') return broken("expected `&&`, found `&`");
  if (c == '|') return broken("expected `||`, found `|`");
  return broken("expected an expression, found a character that means nothing here");
}

void Lexer::skip_space() {
  while (at_ < source_.size()) {
    if (peek() == '/' && peek(1) == '/') {
      saw_comments_ = true;
      at_ = std::min(source_.find_first_of("\r\n", at_), source_.size());
    } else if (std::string_view("\t\n\f\r ").find(peek()) != std::string_view::npos) {
      ++at_;
    } else {
      return;
    }
  }
}

Token Lexer::take(TokenKind kind, std::size_t length) {
  const Token token{kind, static_cast<std::uint32_t>(at_), source_.substr(at_, length)};
  at_ += length;
  return token;
}

Token Lexer::broken(std::string_view why) const {
  return {TokenKind::broken, static_cast<std::uint32_t>(at_), why};
}

Token Lexer::number() {
  std::size_t length = 0;
  const auto digits = [&] {
    const auto from = length;
    while (is_digit(peek(length))) ++length;
    return length > from;
  };
  if (peek() == '0' && peek(1) == 'x' && is_hex(peek(2))) {
    length = 2;
    while (is_hex(peek(length))) ++length;
  } else {
    digits();
    const bool has_fraction = peek(length) == '.' && is_digit(peek(length + 1));
    if (has_fraction) {
      ++length;
      digits();
    }
    bool has_exponent = false;
    if (peek(length) == 'e' || peek(length) == 'E') {
      const auto mantissa = length++;
      if (peek(length) == '+' || peek(length) == '-') ++length;
      has_exponent = digits();
      if (!has_exponent) length = mantissa;
    }
    if (has_fraction || has_exponent) return take(TokenKind::number, length);
  }
  if (peek(length) == 'u' || peek(length) == 'U') ++length;
  return take(TokenKind::number, length);
}

Token Lexer::name() {
  std::size_t length = 0;
  while (is_letter(peek(length)) || is_digit(peek(length))) ++length;
  return take(TokenKind::name, length);
}

Token Lexer::quoted_name() {
  std::size_t length = 1;
  while (is_in_quoted_name(peek(length))) ++length;
  if (length == 1 || peek(length) != '`') {
    return broken(
        "expected letters, digits and any of `_.-/` or a space up to the second backtick");
  }
  Token token = take(TokenKind::quoted, length + 1);
  token.text = token.text.substr(1, length - 1);
  return token;
}

Token Lexer::string(std::size_t prefix) {
  const bool raw = source_.substr(at_, prefix).find_first_of("rR") != std::string_view::npos;
  const char quote = peek(prefix);
  const bool triple = peek(prefix + 1) == quote && peek(prefix + 2) == quote;
  const auto mark = source_.substr(at_ + prefix, triple ? 3 : 1);
  for (std::size_t length = prefix + mark.size(); at_ + length < source_.size(); ++length) {
    if (source_.substr(at_ + length).starts_with(mark)) {
      return take(TokenKind::string, length + mark.size());
    }
    const char c = peek(length);
    if (!triple && (c == '\n' || c == '\r')) break;
    if (c == '\\' && !raw) ++length;
    if (!triple && (peek(length) == '\n' || peek(length) == '\r')) break;
  }
  return broken("this string has no end");
}

}  // namespace lexecon::cel
