#include "report/markup.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "json/json.hpp"
#include "views/escape.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

constexpr std::size_t max_set_digits = 9;

/// For attributes too.
std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : views::html(text)) {
    if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Json markup(std::string_view text) {
  return Json::binary(Json::binary_t::container_type(text.begin(), text.end()));
}

std::string bytes_of(const Json& markup) {
  const auto& bytes = markup.get_binary();
  return {bytes.begin(), bytes.end()};
}

std::string Markup::escaped(std::string_view text) const {
  if (is_html_) return html_text(text);
  std::string out;
  views::append_markdown(out, text);
  return out;
}

std::string Markup::code(std::string_view text) const {
  if (is_html_) return "<code>" + html_text(text) + "</code>";
  std::string out;
  views::append_markdown_code(out, text);
  return out;
}

std::string Markup::line(std::string_view text) const {
  return is_html_ ? html_text(text) : printable(text);
}

std::string Markup::to_set(std::string_view text, std::string_view set) const {
  if (!is_set_id(set)) return escaped(text);
  const auto id = std::string(set);
  if (is_html_) return "<a href=\"#" + id + "\">" + html_text(text) + "</a>";
  return "[" + escaped(text) + "](#" + id + ")";
}

std::string Markup::count(std::uint64_t number, std::string_view set) const {
  return to_set(views::grouped(number), set);
}

bool is_set_id(std::string_view text) {
  if (!text.starts_with('E') || text.size() < 2 || text.size() > max_set_digits + 1) return false;
  const auto digits = text.substr(1);
  return digits.front() != '0' &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace lexecon::report
