// An object written member by member as canonical text, of which no tree is built.
//
// Shapes   the caller gives the members in the order of JCS: nothing here sorts, or looks for one that stands twice
// Source   RFC 8785
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "json/canonical.hpp"

namespace lexecon::json {

class Ordered {
 public:
  explicit Ordered(std::size_t usual_bytes = 0) {
    out_.reserve(usual_bytes);
    out_ = '{';
  }

  /// A text or a Json.
  template <class Value>
  void member(std::string_view name, const Value& value) {
    if (out_.size() > 1) out_ += ',';
    append_canonical(out_, name);
    out_ += ':';
    append_canonical(out_, value);
  }
  void text(std::string_view name, std::string_view value) { member(name, value); }

  [[nodiscard]] std::string take() && {
    out_ += '}';
    return std::move(out_);
  }

 private:
  std::string out_;
};

}  // namespace lexecon::json
