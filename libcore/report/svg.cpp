#include "report/svg.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "report/markup.hpp"

namespace lexecon::report {
namespace {

constexpr std::string_view ink = "#1b2430";

std::string attribute(std::string_view name, std::int64_t value) {
  return " " + std::string(name) + "=\"" + std::to_string(value) + "\"";
}

std::string escaped(std::string_view text) { return Markup(Format::html).escaped(text); }

/// At most `limit` characters of a printable line.
std::string cut(const std::string& line, std::size_t limit) {
  std::size_t bytes = 0;
  for (std::size_t count = 0; bytes < line.size(); ++count) {
    if (count + 1 == limit) {
      const auto last = utf8_at(line, bytes);
      if (last && bytes + last->length < line.size()) return line.substr(0, bytes) + "\u2026";
    }
    const auto read = utf8_at(line, bytes);
    bytes += read ? read->length : 1;
  }
  return line;
}

std::string_view name_of(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      return "end";
  }
  return {};
}

}  // namespace

std::string svg(std::int64_t width, std::int64_t height, std::string_view title,
                std::string_view body) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(width) + " " +
         std::to_string(height) + "\"" + attribute("width", width) + attribute("height", height) +
         " role=\"img\" font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" "
         "font-size=\"12\">\n<title>" +
         escaped(title) + "</title>\n" + std::string(body) + "</svg>";
}

std::string svg_rect(const Box& box, std::string_view attributes) {
  return "<rect" + attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
         attribute("height", box.height) + " " + std::string(attributes) + "/>\n";
}

std::string svg_text(std::int64_t x, std::int64_t y, Anchor anchor, std::string_view text,
                     std::size_t limit, std::string_view attributes) {
  const auto line = printable(text);
  const auto shown = cut(line, limit);
  std::string out = "<text" + attribute("x", x) + attribute("y", y) + " text-anchor=\"" +
                    std::string(name_of(anchor)) + "\" ";
  if (attributes.find("fill=") == std::string_view::npos) {
    out += "class=\"ink\" fill=\"" + std::string(ink) + "\" ";
  }
  out += std::string(attributes) + ">";
  if (shown.size() != line.size()) out += "<title>" + escaped(line) + "</title>";
  return out + escaped(shown) + "</text>\n";
}

std::string svg_to_set(std::string_view elements, std::string_view set) {
  if (!is_set_id(set)) return std::string(elements);
  return "<a href=\"#" + std::string(set) + "\">\n" + std::string(elements) + "</a>\n";
}

}  // namespace lexecon::report
