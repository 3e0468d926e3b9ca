// Bytes, and the three texts they travel in. Byte strings are std::string and std::string_view.
//
// Shapes   hex is lower case; base64 as in section 4, with padding; base64url section 5, without
// Errors   decoders return nothing for any text that the encoder would not have written
// Source   RFC 4648
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lexecon {

[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64url(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

/// A SHA-256 digest.
struct Hash {
  std::array<std::uint8_t, 32> bytes{};

  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] std::string hex() const { return to_hex(view()); }
  friend auto operator<=>(const Hash&, const Hash&) = default;
};

/// Nothing unless `raw` is exactly 32 bytes.
[[nodiscard]] std::optional<Hash> hash_from_bytes(std::string_view raw);
/// Nothing unless `text` is exactly 64 lower-case hex digits.
[[nodiscard]] std::optional<Hash> hash_from_hex(std::string_view text);

}  // namespace lexecon
