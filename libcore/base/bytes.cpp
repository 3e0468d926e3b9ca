#include "base/bytes.hpp"

#include <algorithm>

#include "base/octets.hpp"

namespace lexecon {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

using Table = std::array<std::int8_t, 256>;

constexpr Table inverse(std::string_view digits) {
  Table table{};
  for (auto& value : table) value = -1;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    table[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  }
  return table;
}

constexpr Table hex_values = inverse(hex_digits);
constexpr Table base64_values = inverse(base64_digits);
constexpr Table base64url_values = inverse(base64url_digits);

std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
  return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0U;
}

std::string encode64(std::string_view bytes, std::string_view digits) {
  std::string out((bytes.size() * 4 + 2) / 3, '\0');
  auto digit = out.begin();
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t group =
        byte_at(bytes, i) << 16U | byte_at(bytes, i + 1) << 8U | byte_at(bytes, i + 2);
    const std::size_t count = std::min<std::size_t>(bytes.size() - i, 3) + 1;
    for (std::size_t k = 0; k < count; ++k) *digit++ = digits[group >> (18U - 6U * k) & 63U];
  }
  return out;
}

/// Text without padding; a length of 1 modulo 4 and bits set after the last byte are refused.
std::optional<std::string> decode64(std::string_view text, const Table& values) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t pending = 0;
  std::uint32_t bits = 0;
  for (const char c : text) {
    const auto value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    pending = pending << 6U | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(pending >> bits & 0xFFU);
    pending &= (1U << bits) - 1U;
  }
  if (pending != 0) return std::nullopt;
  return out;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string out(bytes.size() * 2, '0');
  auto digit = out.begin();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *digit++ = hex_digits[byte >> 4U];
    *digit++ = hex_digits[byte & 15U];
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = hex_values[static_cast<unsigned char>(text[i])];
    const auto low = hex_values[static_cast<unsigned char>(text[i + 1])];
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string out = encode64(bytes, base64_digits);
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  if (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 3 && text.ends_with('=')) text.remove_suffix(1);
  return decode64(text, base64_values);
}

std::string to_base64url(std::string_view bytes) { return encode64(bytes, base64url_digits); }

std::optional<std::string> from_base64url(std::string_view text) {
  return decode64(text, base64url_values);
}

std::optional<Hash> hash_from_bytes(std::string_view raw) {
  Hash hash;
  if (raw.size() != hash.bytes.size()) return std::nullopt;
  std::transform(raw.begin(), raw.end(), hash.bytes.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return hash;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  Hash out;
  if (text.size() != 2 * out.bytes.size()) return std::nullopt;
  std::uint64_t wrong = 0;
  for (std::size_t at = 0; at < out.bytes.size(); at += 4) {
    const std::uint64_t digits = eight_octets(text.data() + 2 * at);
    wrong |= not_hex(digits);
    const std::uint32_t number = first_octet_highest(hex_number(digits));
    std::memcpy(out.bytes.data() + at, &number, sizeof number);
  }
  return wrong == 0 ? std::optional(out) : std::nullopt;
}

}  // namespace lexecon
