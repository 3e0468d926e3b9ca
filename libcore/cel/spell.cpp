#include "cel/spell.hpp"

#include "base/bytes.hpp"
#include "base/utf8.hpp"
#include "cel/collection.hpp"
#include "cel/number.hpp"

namespace lexecon::cel {
namespace {

void put_quoted(std::string& out, std::string_view text, bool bytes) {
  constexpr std::string_view escaped = "\\\"\a\b\f\n\r\t\v";
  constexpr std::string_view letters = "\\\"abfnrtv";
  out += bytes ? "b\"" : "\"";
  for (std::size_t at = 0; at < text.size();) {
    const auto read = utf8_at(text, at);
    const auto c = text[at];
    const auto known = c == '\0' ? std::string_view::npos : escaped.find(c);
    if (known != std::string_view::npos) {
      out += '\\';
      out += letters[known];
      ++at;
    } else if (!read || read->point < 0x20 || read->point == 0x7F) {
      out += "\\x" + to_hex(text.substr(at, 1));
      ++at;
    } else {
      out += text.substr(at, read->length);
      at += read->length;
    }
  }
  out += '"';
}

class ValueWriter {
 public:
  explicit ValueWriter(std::size_t most) : most_(most) {}

  std::string take() {
    if (out_.size() > most_) {
      while (most_ > 0 && (static_cast<unsigned char>(out_[most_]) & 0xC0U) == 0x80) --most_;
      out_.resize(most_);
      out_ += "...";
    }
    return std::move(out_);
  }

  void write(const Value& value) {
    if (out_.size() > most_) return;
    switch (value.kind()) {
      case Kind::absent:
      case Kind::error:
      case Kind::type:
        out_ += value.is(Kind::type) ? type_name(value.as_type()) : type_name(value.kind());
        return;
      case Kind::null:
        out_ += "null";
        return;
      case Kind::boolean:
        out_ += value.as_boolean() ? "true" : "false";
        return;
      case Kind::integer:
        out_ += std::to_string(value.as_integer());
        return;
      case Kind::unsigned_integer:
        out_ += std::to_string(value.as_unsigned()) + "u";
        return;
      case Kind::real:
        put_real(value.as_real());
        return;
      case Kind::text:
      case Kind::bytes:
        put_quoted(out_, value.view().substr(0, most_ + 1), value.is(Kind::bytes));
        return;
      case Kind::timestamp:
        out_ += "timestamp(\"" + to_text(value.as_timestamp()) + "\")";
        return;
      case Kind::duration:
        out_ += "duration(\"" + duration_text(value.as_duration()) + "\")";
        return;
      case Kind::list:
      case Kind::map:
        collection(value);
        return;
    }
  }

 private:
  void put_real(double value) {
    const auto text = real_literal(value);
    const bool literal = text.find_first_of("in") == std::string::npos;
    out_ += literal ? text : "double(\"" + text + "\")";
  }

  void collection(const Value& value) {
    const bool is_map = value.is(Kind::map);
    out_ += is_map ? '{' : '[';
    std::string_view between;
    for (Walk at(value); !at.done() && out_.size() <= most_; at.next()) {
      out_ += between;
      write(at.here());
      if (is_map) {
        out_ += ": ";
        write(at.mapped());
      }
      between = ", ";
    }
    out_ += is_map ? '}' : ']';
  }

  std::size_t most_;
  std::string out_;
};

}  // namespace

std::string to_text(const Value& value, std::size_t most) {
  ValueWriter writer(most);
  writer.write(value);
  return writer.take();
}

}  // namespace lexecon::cel
