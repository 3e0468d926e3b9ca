#include "policy/identifiers.hpp"

#include <algorithm>
#include <cstddef>

namespace lexecon::policy {
namespace {

constexpr std::size_t max_id_bytes = 255;
constexpr std::size_t max_requirement_bytes = 100;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

}  // namespace

bool is_relation_id(std::string_view text) {
  return !text.empty() && text.size() <= max_id_bytes && is_alphanumeric(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_alphanumeric(c) ||
                  std::string_view("._:@/+%#*-").find(c) != std::string_view::npos;
         });
}

bool is_requirement(std::string_view text) {
  return !text.empty() && text.size() <= max_requirement_bytes && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '_'; });
}

}  // namespace lexecon::policy
