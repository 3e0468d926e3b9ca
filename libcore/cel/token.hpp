// The words of an expression.
//
// Shapes   as in the language definition: names, numbers, strings with their prefixes, signs;
//          white space and // comments stand between them
// Source   CEL language definition, Syntax
#pragma once

#include <cstdint>
#include <string_view>

namespace lexecon::cel {

enum class TokenKind : std::uint8_t {
  end,
  name,    // also the reserved words
  quoted,  // a name in backticks
  number,
  string,
  sign,
  broken,  // `text` says why
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::uint32_t at = 0;
  std::string_view text;  // as written; of a quoted name what stands inside

  [[nodiscard]] bool is_sign(std::string_view sign) const {
    return kind == TokenKind::sign && text == sign;
  }
  [[nodiscard]] bool is_name(std::string_view name) const {
    return kind == TokenKind::name && text == name;
  }
};

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}
  [[nodiscard]] Token next();
  [[nodiscard]] bool saw_comments() const { return saw_comments_; }

 private:
  void skip_space();
  [[nodiscard]] Token take(TokenKind kind, std::size_t length);
  [[nodiscard]] Token number();
  [[nodiscard]] Token name();
  [[nodiscard]] Token quoted_name();
  [[nodiscard]] Token string(std::size_t prefix);
  [[nodiscard]] Token broken(std::string_view why) const;
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  std::string_view source_;
  std::size_t at_ = 0;
  bool saw_comments_ = false;
};

/// false in null true
[[nodiscard]] bool is_keyword(std::string_view name);
/// The keywords, and the words that are kept free for other languages: as break const ...
[[nodiscard]] bool is_reserved(std::string_view name);

}  // namespace lexecon::cel
