#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.hpp"

namespace lexecon {
namespace {

std::string hex_number(std::uint32_t value) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return {digits.data(), end.ptr};
}

/// Damerau-Levenshtein, the restricted kind: no part is edited twice.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

bool is_hidden(char32_t point) {
  struct Range {
    char32_t first;
    char32_t last;
  };
  // C0; DEL and C1; soft hyphen; Arabic letter mark; zero width and direction marks; separators and
  // bidi embeddings; word joiner, invisible operators and bidi isolates; byte-order mark.
  static constexpr std::array<Range, 8> ranges = {{{0x00, 0x1F},
                                                   {0x7F, 0x9F},
                                                   {0xAD, 0xAD},
                                                   {0x61C, 0x61C},
                                                   {0x200B, 0x200F},
                                                   {0x2028, 0x202E},
                                                   {0x2060, 0x2069},
                                                   {0xFEFF, 0xFEFF}}};
  return std::any_of(ranges.begin(), ranges.end(), [point](const Range& range) {
    return point >= range.first && point <= range.last;
  });
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto read = utf8_at(text, at);
    if (!read) {
      const auto byte = static_cast<unsigned char>(text[at++]);
      out += "\\x" + hex_number(byte);
    } else {
      if (is_hidden(read->point)) {
        out += "\\u{" + hex_number(read->point) + "}";
      } else {
        out += text.substr(at, read->length);
      }
      at += read->length;
    }
  }
  return out;
}

std::string shell_quote(std::string_view text) {
  constexpr std::string_view safe =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%+,-./:@_";
  if (!text.empty() && text.find_first_not_of(safe) == std::string_view::npos) {
    return std::string(text);
  }
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::optional<std::string> did_you_mean(std::string_view typed,
                                        std::span<const std::string> known) {
  std::optional<std::string> nearest;
  std::size_t least = 3;
  for (const auto& candidate : known) {
    const std::size_t longer = std::max(typed.size(), candidate.size());
    const std::size_t shorter = std::min(typed.size(), candidate.size());
    // The table is quadratic: a word far too long is never near, and is not measured.
    if (longer - shorter > 2 || longer > 256) continue;
    const std::size_t edits = distance(typed, candidate);
    if (edits < least && edits * 3 <= longer) {
      least = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.starts_with('0') && text != "0") return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace lexecon
