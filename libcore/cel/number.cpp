#include "cel/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "json/canonical.hpp"

namespace lexecon::cel {
namespace {

constexpr double two_to_63 = 9223372036854775808.0;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != word[i]) return false;
  }
  return true;
}

/// Out of range of a double, which of the two ends? The point's place and the exponent tell.
bool is_huge(std::string_view text) {
  const auto e = text.find_first_of("eE");
  const auto digits = text.substr(0, e);
  std::int64_t scale = 0;
  if (e != std::string_view::npos) {
    auto exponent = text.substr(e + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    const auto read = read_integer(exponent);
    scale = read ? *read : exponent.starts_with('-') ? -1'000'000'000 : 1'000'000'000;
  }
  const auto point = std::min(digits.find('.'), digits.size());
  const auto first = digits.find_first_of("123456789");
  const auto lead = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  return lead + scale > 0;
}

}  // namespace

std::optional<std::int64_t> read_integer(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> read_unsigned(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> read_real(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto signed_value = [negative](double value) { return negative ? -value : value; };
  if (is_word(text, "inf") || is_word(text, "infinity")) {
    return signed_value(std::numeric_limits<double>::infinity());
  }
  if (is_word(text, "nan")) return std::numeric_limits<double>::quiet_NaN();
  // Words and signs are dealt with: from_chars also reads "nan(x)" and a second '-'.
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos ||
      text.starts_with('-')) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) {
    return std::nullopt;
  }
  if (error == std::errc::result_out_of_range) {
    if (is_huge(text)) return std::nullopt;
    value = 0;
  }
  return signed_value(value);
}

std::optional<std::int64_t> integer_of(double value) {
  if (!(value > -two_to_63 && value < two_to_63)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<std::uint64_t> unsigned_of(double value) {
  if (!(value >= 0 && value < 2 * two_to_63)) return std::nullopt;
  return static_cast<std::uint64_t>(value);
}

std::string real_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0 && std::signbit(value)) return "-0";
  return json::number_text(value);
}

std::string real_literal(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
  std::array<char, 40> room{};
  const auto [end, error] =
      std::to_chars(room.data(), room.data() + room.size(), value,
                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string out(room.data(), end);
  if (plain && out.find('.') == std::string::npos) out += ".0";
  return out;
}

}  // namespace lexecon::cel
