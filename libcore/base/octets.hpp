// Eight bytes of a text at once, for readers of very many.
//
// Shapes   the first byte stands in the lowest place, on every machine
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace lexecon {

[[nodiscard]] inline std::uint64_t eight_octets(const char* at) {
  std::uint64_t out = 0;
  std::memcpy(&out, at, sizeof out);
  return std::endian::native == std::endian::little ? out : __builtin_bswap64(out);
}

/// The number whose bytes in memory begin with the highest one of `number`.
[[nodiscard]] constexpr std::uint32_t first_octet_highest(std::uint32_t number) {
  return std::endian::native == std::endian::little ? __builtin_bswap32(number) : number;
}

/// The same byte eight times.
[[nodiscard]] constexpr std::uint64_t eight_times(std::uint8_t octet) {
  return octet * std::uint64_t{0x0101010101010101};
}

inline constexpr std::uint64_t high_bits = eight_times(0x80);

/// The highest bit of each byte that is `least` or more. All bytes must be below 0x80, as `least`.
[[nodiscard]] constexpr std::uint64_t not_below(std::uint64_t octets, std::uint8_t least) {
  return (octets + eight_times(static_cast<std::uint8_t>(0x80U - least))) & high_bits;
}

/// Marks, by its highest bit, what is no lower-case hex digit; where a byte is not ASCII, others besides.
[[nodiscard]] constexpr std::uint64_t not_hex(std::uint64_t text) {
  const std::uint64_t digits = not_below(text, '0') & ~not_below(text, '9' + 1);
  const std::uint64_t letters = not_below(text, 'a') & ~not_below(text, 'f' + 1);
  return (~(digits | letters) | text) & high_bits;
}

/// The number that eight lower-case hex digits make.
[[nodiscard]] constexpr std::uint32_t hex_number(std::uint64_t digits) {
  const std::uint64_t values = (digits & eight_times(0x0F)) + 9 * (digits >> 6U & eight_times(1));
  // Two digits a byte, then two bytes a pair, then both pairs; the first digit comes out highest.
  const std::uint64_t bytes = (values << 4U | values >> 8U) & 0x00FF00FF00FF00FFU;
  const std::uint64_t pairs = (bytes << 8U | bytes >> 16U) & 0x0000FFFF0000FFFFU;
  return static_cast<std::uint32_t>(pairs << 16U | pairs >> 32U);
}

}  // namespace lexecon
