// Numbers and texts as bytes and back, for files that only this program writes and reads.
//
// Shapes   numbers are little-endian and of fixed size; a text is its length in 4 bytes and UTF-8;
//          a list is its count in 4 bytes and its items; an optional a byte 0, or 1 and the value
// Errors   Unpacker: Error{bad_input} for whatever Packer would not have written
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lexecon {

class Packer {
 public:
  void number(std::uint64_t value, std::size_t size);
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  /// An enumerator by its position.
  template <class Enum>
  void choice(Enum value) {
    byte(static_cast<std::uint8_t>(value));
  }
  void text(std::string_view value);
  void count(std::size_t value) { number(value, 4); }
  /// `pack` is called with the value when there is one.
  template <class Optional, class Pack>
  void optional(const Optional& value, const Pack& pack) {
    byte(value ? 1 : 0);
    if (value) pack(*value);
  }

  [[nodiscard]] std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what stands in `bytes`, which must outlive it, from the front. No count is believed that
/// the bytes that are left cannot hold.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  /// From `least` to `most`.
  [[nodiscard]] std::uint64_t number(std::size_t size, std::uint64_t least, std::uint64_t most) {
    if (rest_.size() < size) refuse();
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value |= std::uint64_t{static_cast<std::uint8_t>(rest_[i])} << (8 * i);
    }
    rest_.remove_prefix(size);
    if (value < least || value > most) refuse();
    return value;
  }
  [[nodiscard]] bool flag() { return number(1, 0, 1) == 1; }
  template <class Enum>
  [[nodiscard]] Enum choice(Enum last) {
    return static_cast<Enum>(number(1, 0, static_cast<std::uint64_t>(last)));
  }
  [[nodiscard]] std::string text();
  /// Of items that take at least `item_size` bytes each.
  [[nodiscard]] std::size_t count(std::size_t item_size) {
    const auto value = number(4, 0, UINT32_MAX);
    if (value > rest_.size() / item_size) refuse();
    return value;
  }
  /// Throws unless everything was read.
  void finish() const;
  [[noreturn]] static void refuse();

 private:
  std::string_view rest_;
};

}  // namespace lexecon
