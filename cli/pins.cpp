#include "pins.hpp"

#include "base/ids.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_pin_bytes = 4'096;

/// name "+" 8 hex digits "+" …: no file has to be looked for.
bool is_vkey(const std::string& text) {
  const auto first = text.find('+');
  return first != std::string::npos && text.size() > first + 9 && text[first + 9] == '+' &&
         is_hex(text.substr(first + 1, 8), 8);
}

}  // namespace

crypto::Pin read_pin(const std::string& argument, Context& context) {
  if (is_vkey(argument)) return crypto::parse_pin(argument, "--key");
  return crypto::parse_pin(context.read_input(argument, max_pin_bytes), argument);
}

}  // namespace lexecon::cli
