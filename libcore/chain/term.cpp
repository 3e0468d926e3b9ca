#include "chain/term.hpp"

#include <algorithm>

namespace lexecon::chain {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Bytes that stand for themselves and nothing else: an escape of one would be a second spelling.
bool is_unreserved(char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; }

bool is_name_byte(char c) {
  return is_unreserved(c) || c == ':' || c == '@' || c == '/' || c == '+' || c == '%';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool is_term(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix) || text.size() == prefix.size() || text.size() > max_term_bytes) {
    return false;
  }
  const auto name = text.substr(prefix.size());
  return !name_fault(name) && (prefix != "resource:" || !path_fault(name, false));
}

std::optional<std::string> name_fault(std::string_view name) {
  if (!std::all_of(name.begin(), name.end(), is_name_byte)) {
    return "expected only letters, digits and `._:@/+-`, other bytes percent-encoded";
  }
  for (auto at = name.find('%'); at != std::string_view::npos; at = name.find('%', at + 3)) {
    const int high = at + 2 < name.size() ? hex_digit(name[at + 1]) : -1;
    const int low = high < 0 ? -1 : hex_digit(name[at + 2]);
    if (low < 0) return "expected two upper-case hex digits after `%`";
    if (is_unreserved(static_cast<char>(high * 16 + low))) {
      return "`" + std::string(name.substr(at, 3)) +
             "` stands for a byte that is written as itself";
    }
  }
  return std::nullopt;
}

// SECURITY: two spellings of one path would let a forbids on one miss the other.
std::optional<std::string> path_fault(std::string_view name, bool open_end) {
  for (std::size_t start = 0; start <= name.size();) {
    const auto end = std::min(name.find_first_of("/:", start), name.size());
    const auto part = name.substr(start, end - start);
    if (part == "." || part == "..") {
      return "a resource has no segment `" + std::string(part) + "`";
    }
    if (part.empty() && !(open_end && end == name.size())) {
      return "a resource has no empty segment: write `%3A` or `%2F` for a `:` or `/` of a name";
    }
    start = end + 1;
  }
  return std::nullopt;
}

}  // namespace lexecon::chain
