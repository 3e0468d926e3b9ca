#include "views/escape.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace lexecon::views {
namespace {

using namespace std::string_view_literals;

bool is_plain(char c) { return c >= ' ' && c < '\x7F'; }

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Spaces that spreadsheets pass over before they look for a formula.
bool is_space(char32_t point) {
  return point == ' ' || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
         point == 0x202F || point == 0x205F || point == 0x3000;
}

bool starts_formula(char32_t point) {
  static constexpr std::array<char32_t, 8> signs = {'=',    '+',    '-',    '@',
                                                    0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
  return is_hidden(point) || std::find(signs.begin(), signs.end(), point) != signs.end();
}

bool needs_apostrophe(std::string_view text) {
  if (text.starts_with('\'')) return true;
  for (std::size_t at = 0; at < text.size();) {
    const auto read = utf8_at(text, at);
    if (!read || starts_formula(read->point)) return true;
    if (!is_space(read->point)) return false;
    at += read->length;
  }
  return false;
}

/// `printable`, without a copy where that would change nothing.
template <class Append>
void with_printable(std::string_view text, const Append& append) {
  if (is_plain(text)) {
    append(text);
  } else {
    append(printable(text));
  }
}

/// What GFM would make a link of: `://`, and the dot behind `www`.
bool makes_link(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at);
  return (text[at] == ':' && text.substr(at + 1).starts_with('/')) ||
         (text[at] == '.' && at >= 3 && (before.ends_with("www") || before.ends_with("WWW")));
}

/// What begins a list, a heading or a line of a table.
bool begins_block(std::string_view text, std::size_t at) {
  const auto start = text.find_first_not_of(' ');
  if (at == start) return "+-="sv.find(text[at]) != std::string_view::npos;
  return (text[at] == '.' || text[at] == ')') && start < at &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(start),
                     text.begin() + static_cast<std::ptrdiff_t>(at), is_digit);
}

void append_unicode_escape(std::string& out, char32_t point) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    out += digits[static_cast<std::size_t>(point >> static_cast<unsigned>(shift) & 0xFU)];
  }
}

}  // namespace

void append_html(std::string& out, std::string_view text) {
  with_printable(text, [&out](std::string_view shown) {
    std::size_t from = 0;
    for (auto at = shown.find_first_of("&<>"); at != std::string_view::npos;
         at = shown.find_first_of("&<>", from)) {
      out += shown.substr(from, at - from);
      out += shown[at] == '&' ? "&amp;"sv : shown[at] == '<' ? "&lt;"sv : "&gt;"sv;
      from = at + 1;
    }
    out += shown.substr(from);
  });
}

void append_csv(std::string& out, std::string_view text) {
  out += '"';
  if (needs_apostrophe(text)) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_markdown(std::string& out, std::string_view text) {
  with_printable(text, [&out](std::string_view shown) {
    for (std::size_t at = 0; at < shown.size(); ++at) {
      const char c = shown[at];
      // A cell ends at a bar whatever stands before it, for some readers; a number stands for no markup.
      if (c == '|') {
        out += "&#124;";
      } else if (c == '\\') {
        out += "&#92;";
      } else {
        const bool is_markup = "`*_{}[]()<>#!~&"sv.find(c) != std::string_view::npos;
        if (is_markup || makes_link(shown, at) || begins_block(shown, at)) out += '\\';
        out += c;
      }
    }
  });
}

void append_markdown_code(std::string& out, std::string_view text) {
  const auto is_safe = [](char c) {
    return is_plain(c) && "`|\\ "sv.find(c) == std::string_view::npos;
  };
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_safe)) {
    append_markdown(out, text);
    return;
  }
  out += '`';
  out += text;
  out += '`';
}

void append_json(std::string& out, std::string_view json) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < json.size();) {
    if (is_plain(json[at])) {
      ++at;
      continue;
    }
    const auto read = utf8_at(json, at);
    const auto length = read ? read->length : 1;
    if (read && is_hidden(read->point)) {
      out += json.substr(from, at - from);
      append_unicode_escape(out, read->point);
      from = at + length;
    }
    at += length;
  }
  out += json.substr(from);
}

std::string html(std::string_view text) {
  std::string out;
  append_html(out, text);
  return out;
}

std::string json_text(std::string_view json) {
  std::string out;
  append_json(out, json);
  return out;
}

}  // namespace lexecon::views
