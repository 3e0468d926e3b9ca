#include "chain/term.hpp"

#include <algorithm>

namespace lexecon::chain {
namespace {

constexpr std::size_t max_term_bytes = 255;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._:@/+%-").find(c) != std::string_view::npos;
}

}  // namespace

bool is_term(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) && text.size() > prefix.size() && text.size() <= max_term_bytes &&
         std::all_of(text.begin(), text.end(), is_name_byte);
}

}  // namespace lexecon::chain
