#include "crypto/ssh_wire.hpp"

namespace lexecon::crypto {

std::string ssh_string(std::string_view bytes) {
  std::string out(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) {
    out[3 - i] = static_cast<char>(bytes.size() >> (8 * i) & 0xFFU);
  }
  return out.append(bytes);
}

std::optional<std::vector<std::string_view>> ssh_strings(std::string_view bytes) {
  std::vector<std::string_view> out;
  while (!bytes.empty()) {
    if (bytes.size() < 4) return std::nullopt;
    std::size_t length = 0;
    for (const char each : bytes.substr(0, 4)) {
      length = length << 8U | static_cast<unsigned char>(each);
    }
    bytes.remove_prefix(4);
    if (length > bytes.size()) return std::nullopt;
    out.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return out;
}

}  // namespace lexecon::crypto
