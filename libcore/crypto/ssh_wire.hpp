// Strings as SSH writes them: four bytes of length, big-endian, then the bytes.
//
// Source   RFC 4251, section 5
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lexecon::crypto {

[[nodiscard]] std::string ssh_string(std::string_view bytes);
/// The strings that `bytes` is made of, one after the other; nothing unless the last ends with it.
[[nodiscard]] std::optional<std::vector<std::string_view>> ssh_strings(std::string_view bytes);

}  // namespace lexecon::crypto
