#include "json/sax.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/parse.hpp"

namespace lexecon::json {
namespace {

bool is_between_tokens(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':';
}

/// The offset behind the token at `start`, which the lexer has found sound.
std::size_t token_end(std::string_view text, std::size_t start) {
  if (start >= text.size()) return text.size();
  if (std::string_view("[]{}").find(text[start]) != std::string_view::npos) return start + 1;
  if (text[start] != '"') {
    return std::min(text.find_first_of(" \t\n\r,:[]{}\"", start), text.size());
  }
  std::size_t at = start + 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
  return std::min(at + 1, text.size());
}

/// The library's complaint without its own name, its position and the text that it saw.
std::string complaint(const nlohmann::detail::exception& error) {
  constexpr int number_overflow = 406;
  if (error.id == number_overflow) return "expected a number in the range of a double";
  std::string text = error.what();
  if (const auto start = text.find(" - "); start != std::string::npos) text.erase(0, start + 3);
  if (const auto seen = text.find("; last read: '"); seen != std::string::npos) text.erase(seen);
  return "expected JSON: " + printable(text);
}

/// The handler that nlohmann::json calls: checks each token and passes it on.
class Adapter final : public Token {
 public:
  Adapter(std::string_view text, const std::string& name, Events& events)
      : text_(text), name_(name), events_(events), lines_(text) {}

  void run() { (void)Json::sax_parse(text_.begin(), text_.end(), this); }

  Mark mark() override { return lines_.at(token_start()); }
  [[noreturn]] void fail(const std::string& message) override {
    throw Error(ErrorCode::bad_input, message, where_in(name_, mark()));
  }

  // The interface that the library asks for; true means: go on.
  bool null() { return pass(nullptr); }
  bool boolean(bool value) { return pass(value); }
  bool number_integer(std::int64_t value) { return pass_integer(value); }
  bool number_unsigned(std::uint64_t value) {
    constexpr auto most = static_cast<std::uint64_t>(max_integer);
    return pass_integer(static_cast<std::int64_t>(std::min(value, most + 1)));
  }
  bool number_float(double value, const std::string& token) {
    // The library turns an integer beyond 64 bits into a double.
    if (token.find_first_of(".eE") == std::string::npos) refuse_integer();
    events_.scalar(value, *this);
    return skip_token();
  }
  bool string(std::string& value) { return pass(std::move(value)); }
  static bool binary(Json::binary_t& /*value*/) { return false; }  // only of the binary formats
  bool start_object(std::size_t /*size*/) { return open(true); }
  bool start_array(std::size_t /*size*/) { return open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    events_.key(std::move(name), *this);
    return skip_token();
  }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) {
    const std::size_t offset = std::min(position == 0 ? 0 : position - 1, text_.size());
    throw Error(ErrorCode::bad_input, complaint(error),
                where_in(name_, LineCounter(text_).at(offset)));
  }

 private:
  /// The library does not say where a token starts: it is found from the end of the one before.
  [[nodiscard]] std::size_t token_start() const {
    std::size_t start = token_before_;
    while (start < text_.size() && is_between_tokens(text_[start])) ++start;
    return start;
  }
  bool skip_token() {
    token_before_ = token_end(text_, token_start());
    return true;
  }
  bool pass(Json&& value) {
    events_.scalar(std::move(value), *this);
    return skip_token();
  }
  bool pass_integer(std::int64_t value) {
    if (value > max_integer || value < -max_integer) refuse_integer();
    events_.scalar(value, *this);
    return skip_token();
  }
  [[noreturn]] void refuse_integer() {
    fail("expected an integer within 9007199254740991 of zero (2^53-1)");
  }
  bool open(bool is_object) {
    if (++depth_ > max_depth) fail("expected at most 64 open lists and objects");
    events_.open(is_object, *this);
    return skip_token();
  }
  bool close() {
    --depth_;
    events_.close();
    return skip_token();
  }

  std::string_view text_;
  const std::string& name_;
  Events& events_;
  LineCounter lines_;
  std::size_t token_before_ = 0;  // the offset behind it
  std::size_t depth_ = 0;
};

}  // namespace

Mark LineCounter::at(std::size_t offset) {
  for (; counted_ < offset; ++counted_) {
    if (text_[counted_] != '\n') continue;
    ++line_;
    line_start_ = counted_ + 1;
  }
  return {line_, static_cast<std::uint32_t>(offset - line_start_) + 1};
}

std::string where_in(const std::string& name, const Mark& mark) {
  const std::string place = std::to_string(mark.line) + ":" + std::to_string(mark.column);
  return name.empty() ? place : printable(name) + ":" + place;
}

void read_strict(std::string_view text, const std::string& name, Events& events) {
  // SECURITY: the library skips a byte-order mark and takes a NUL byte for the end of the text.
  if (text.starts_with("\xEF\xBB\xBF")) {
    throw Error(ErrorCode::bad_input, "expected JSON without a byte-order mark",
                where_in(name, Mark{}));
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    throw Error(ErrorCode::bad_input, "expected JSON without NUL bytes",
                where_in(name, LineCounter(text).at(nul)));
  }
  Adapter(text, name, events).run();
}

}  // namespace lexecon::json
