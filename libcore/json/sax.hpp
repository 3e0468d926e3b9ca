// The strict JSON reader beneath parse() and read_document(): tokens in, events out, with places.
//
// Shapes   refuses all that parse.hpp lists, except equal members: only the builder knows them
// Errors   Error{bad_input}, where = "<name>:<line>:<column>"
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/json.hpp"
#include "json/node.hpp"

namespace lexecon::json {

/// Turns growing offsets into lines and columns without reading a byte twice.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  /// `offset` is never below that of the call before.
  [[nodiscard]] Mark at(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t counted_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t line_ = 1;
};

/// "<name>:<line>:<column>", without the name when there is none.
[[nodiscard]] std::string where_in(const std::string& name, const Mark& mark);

/// The token that an event is about.
class Token {
 public:
  virtual ~Token() = default;
  [[nodiscard]] virtual Mark mark() = 0;
  [[noreturn]] virtual void fail(const std::string& message) = 0;
};

/// What a JSON text says, in its order.
class Events {
 public:
  virtual ~Events() = default;
  /// null, a boolean, an integer, a finite double or a string.
  virtual void scalar(Json&& value, Token& token) = 0;
  virtual void key(std::string&& name, Token& token) = 0;
  virtual void open(bool is_object, Token& token) = 0;
  virtual void close() = 0;
};

void read_strict(std::string_view text, const std::string& name, Events& events);

}  // namespace lexecon::json
