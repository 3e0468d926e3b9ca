#include "json/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"

namespace lexecon::json {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::bad_input, message); }

/// Magnitudes from 1e21 on are written with an exponent, so only those below can read as integers.
constexpr double exponent_from = 1e21;

bool is_written_as_integer(double value) {
  return std::trunc(value) == value && std::abs(value) < exponent_from;
}

/// The rule of the format: a value's type is what its text says. A text with neither point nor
/// exponent is an integer and must keep to +-(2^53-1); 1e+21 has an exponent and stays a double.
void check_double(double value) {
  if (!std::isfinite(value)) refuse("expected a finite number");
  if (is_written_as_integer(value) && std::abs(value) > static_cast<double>(max_integer)) {
    refuse("expected a number within 9007199254740991 of zero (2^53-1), or with an exponent");
  }
}

std::int64_t checked_integer(const Json& value) {
  const bool too_large = value.is_number_unsigned() &&
                         value.get<std::uint64_t>() > static_cast<std::uint64_t>(max_integer);
  const auto integer = too_large ? 0 : value.get<std::int64_t>();
  if (too_large || integer > max_integer || integer < -max_integer) {
    refuse("expected an integer within 9007199254740991 of zero (2^53-1)");
  }
  return integer;
}

void check_utf8(std::string_view text) {
  if (find_bad_utf8(text) != std::string_view::npos) {
    refuse("expected UTF-8, found `" + printable(text.substr(0, 80)) + "`");
  }
}

void check_depth(std::size_t depth) {
  if (depth > max_depth) refuse("expected at most 64 open lists and objects");
}

/// Byte order is the order of code points; UTF-16 differs only for those beyond U+FFFF.
bool is_beyond_bmp(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
}

bool is_escaped(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

/// The characters that ASCII writes as they are: nearly all there are.
constexpr auto plain_ascii = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0x20; c < 0x80; ++c) table.at(c) = c != '"' && c != '\\';
  return table;
}();

/// Whether one of eight bytes may be none of plain_ascii; a yes is only a maybe.
bool may_need_care(std::uint64_t bytes) {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
  constexpr std::uint64_t highs = ones << 7U;
  const auto below = [](std::uint64_t word, std::uint64_t limit) {
    return (word - ones * limit) & ~word & highs;
  };
  return ((bytes & highs) | below(bytes, 0x20) | below(bytes ^ ones * '"', 1) |
          below(bytes ^ ones * '\\', 1)) != 0;
}

std::size_t plain_prefix(std::string_view text) {
  std::size_t size = 0;
  for (std::uint64_t eight = 0; size + sizeof eight <= text.size(); size += sizeof eight) {
    std::memcpy(&eight, text.data() + size, sizeof eight);
    if (may_need_care(eight)) break;
  }
  while (size < text.size() && plain_ascii[static_cast<unsigned char>(text[size])]) ++size;
  return size;
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void write(const Json& value, std::size_t depth) {
    switch (value.type()) {
      case Json::value_t::null:
        out_ += "null";
        return;
      case Json::value_t::boolean:
        out_ += value.get<bool>() ? "true" : "false";
        return;
      case Json::value_t::number_integer:
      case Json::value_t::number_unsigned:
        write_integer(checked_integer(value));
        return;
      case Json::value_t::number_float:
        check_double(value.get<double>());
        out_ += number_text(value.get<double>());
        return;
      case Json::value_t::string:
        write_string(value.get_ref<const std::string&>());
        return;
      case Json::value_t::array:
        write_array(value, depth + 1);
        return;
      case Json::value_t::object:
        write_object(value.get_ref<const Json::object_t&>(), depth + 1);
        return;
      case Json::value_t::binary:
      case Json::value_t::discarded:
        break;
    }
    throw Error(ErrorCode::internal, "expected a value that JSON can say");
  }

  void write_string(std::string_view text) {
    out_ += '"';
    const auto plain = plain_prefix(text);
    out_.append(text, 0, plain);
    if (plain < text.size()) write_rest(text.substr(plain));
    out_ += '"';
  }

 private:
  void write_integer(std::int64_t value) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out_.append(digits.data(), end.ptr);
  }

  void write_rest(std::string_view text) {
    check_utf8(text);
    for (const char c : text) {
      if (is_escaped(c)) {
        write_escaped(c);
      } else {
        out_ += c;
      }
    }
  }

  void write_escaped(char c) {
    constexpr std::string_view named = "\b\t\n\f\r\"\\";
    constexpr std::string_view letters = "btnfr\"\\";
    constexpr std::string_view hex = "0123456789abcdef";
    if (const auto index = named.find(c); index != std::string_view::npos) {
      out_ += '\\';
      out_ += letters[index];
      return;
    }
    out_ += "\\u00";
    out_ += hex[static_cast<unsigned char>(c) >> 4U];
    out_ += hex[static_cast<unsigned char>(c) & 15U];
  }

  void write_array(const Json& array, std::size_t depth) {
    check_depth(depth);
    out_ += '[';
    bool first = true;
    for (const auto& item : array) {
      if (!first) out_ += ',';
      first = false;
      write(item, depth);
    }
    out_ += ']';
  }

  void write_object(const Json::object_t& object, std::size_t depth) {
    check_depth(depth);
    out_ += '{';
    const bool reorder = std::any_of(object.begin(), object.end(), [](const auto& member) {
      return is_beyond_bmp(member.first);
    });
    if (reorder) {
      write_reordered(object, depth);
    } else {
      for (const auto& member : object) write_member(member, depth);
    }
    out_ += '}';
  }

  void write_reordered(const Json::object_t& object, std::size_t depth) {
    std::vector<const Json::object_t::value_type*> members;
    members.reserve(object.size());
    for (const auto& member : object) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return utf16_less(a->first, b->first); });
    for (const auto* member : members) write_member(*member, depth);
  }

  void write_member(const Json::object_t::value_type& member, std::size_t depth) {
    // No member is written before the first one of an object, so this brace is its own.
    if (out_.back() != '{') out_ += ',';
    write_string(member.first);
    out_ += ':';
    write(member.second, depth);
  }

  std::string& out_;
};

/// The shortest decimal digits of a positive double, and where the point stands behind the first.
struct Decimal {
  std::string digits;
  int exponent;
};

Decimal decimal(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
  const std::string_view all(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
  const auto mark = all.find('e');
  Decimal result{std::string(all.substr(0, mark)), 0};
  std::erase(result.digits, '.');
  // from_chars takes a minus sign, but no plus sign.
  const auto exponent = all.substr(all[mark + 1] == '+' ? mark + 2 : mark + 1);
  (void)std::from_chars(exponent.data(), exponent.data() + exponent.size(), result.exponent);
  return result;
}

Json normalised(const Json& value, std::size_t depth) {
  if (value.is_number_float()) {
    const double number = value.get<double>();
    check_double(number);
    if (is_written_as_integer(number)) return static_cast<std::int64_t>(number);
    return number;
  }
  if (value.is_number_integer()) return checked_integer(value);
  if (value.is_string()) check_utf8(value.get_ref<const std::string&>());
  if (!value.is_structured()) return value;
  check_depth(depth + 1);
  if (value.is_array()) {
    Json list = Json::array();
    for (const auto& item : value) list.push_back(normalised(item, depth + 1));
    return list;
  }
  Json object = Json::object();
  for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
    check_utf8(name);
    object[name] = normalised(member, depth + 1);
  }
  return object;
}

}  // namespace

std::string canonical(const Json& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

void append_canonical(std::string& out, const Json& value) { Writer(out).write(value, 0); }

void append_canonical(std::string& out, std::string_view text) { Writer(out).write_string(text); }

std::string number_text(double value) {
  if (!std::isfinite(value)) refuse("expected a finite number");
  if (value == 0) return "0";
  if (value < 0) return "-" + number_text(-value);
  auto [digits, exponent] = decimal(value);
  const auto count = static_cast<int>(digits.size());
  const int point = exponent + 1;
  const auto zeros = [](int number) { return std::string(static_cast<std::size_t>(number), '0'); };
  if (point > 21 || point <= -6) {
    if (count > 1) digits.insert(1, 1, '.');
    return digits + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
  }
  if (point <= 0) return "0." + zeros(-point) + digits;
  if (point >= count) return digits + zeros(point - count);
  return digits.insert(static_cast<std::size_t>(point), 1, '.');
}

Json normalised(const Json& value) { return normalised(value, 0); }

bool utf16_less(std::string_view left, std::string_view right) {
  // Surrogates (D800-DFFF) stand for what is beyond U+FFFF and sort before U+E000-U+FFFF, whose
  // UTF-8 starts with EE or EF: these two lead bytes move behind F4.
  const auto rank = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : static_cast<int>(byte);
  };
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      [rank](char a, char b) { return rank(a) < rank(b); });
}

}  // namespace lexecon::json
