// The one layout of a policy file as YAML.
#include <algorithm>
#include <array>
#include <optional>

#include "json/json.hpp"
#include "json/plain.hpp"
#include "policy/layout.hpp"

namespace lexecon::policy {
namespace {

using Kind = json::Node::Kind;

constexpr std::size_t max_line = 120;
constexpr std::size_t step = 2;
constexpr std::array<std::string_view, 4> sections{"context", "terms", "relations", "constraints"};
constexpr auto npos = std::string_view::npos;

/// Which blank lines above a value are kept; `between`: none before the first comment.
enum class Blanks : std::uint8_t { none, between, all };

/// Whether every reader takes the unquoted text for this text; brackets and commas end it in a line.
bool is_plain(std::string_view text, bool in_line = false) {
  if (text.empty() || std::string_view("-?:,[]{}#&*!|>'\"%@`.=<~ ").find(text.front()) != npos ||
      text.ends_with(':') || text.ends_with(' ') || text.find(": ") != npos ||
      text.find(" #") != npos || text.find_first_of("\n\t\r") != npos ||
      (in_line && text.find_first_of("[]{},") != npos)) {
    return false;
  }
  const auto read = json::plain_scalar(text);
  return read && read->kind == Kind::text;
}

std::string in_single_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

std::string quoted(const std::string& text) {
  const bool has_control = text.find_first_of("\n\r\t") != npos;
  if (text.find_first_of("\"\\") != npos && !has_control) return in_single_quotes(text);
  return Json(text).dump();
}

std::string scalar(const Piece& piece, bool in_line = false) {
  if (piece.kind != Kind::text) return piece.text;
  return is_plain(piece.text, in_line) ? piece.text : quoted(piece.text);
}

std::string key_of(const Piece& piece) {
  return (is_plain(piece.key, true) ? piece.key : quoted(piece.key)) + ":";
}

bool is_container(const Piece& piece) {
  return piece.kind == Kind::list || piece.kind == Kind::map;
}

bool is_said_inside(const Piece& piece) {
  return std::any_of(piece.parts.begin(), piece.parts.end(),
                     [](const Piece& part) { return part.comments.any() || is_said_inside(part); });
}

/// The value in one line, with brackets.
std::string in_line(const Piece& piece) {
  if (!is_container(piece)) return scalar(piece, true);
  std::string out;
  for (const auto& part : piece.parts) {
    if (!out.empty()) out += ", ";
    if (piece.kind == Kind::map) out += key_of(part) + " ";
    out += in_line(part);
  }
  return piece.kind == Kind::map ? "{" + out + "}" : "[" + out + "]";
}

/// A list of names is short enough to read in one line, whatever it was; anything else stays as it was.
bool wants_line(const Piece& piece) {
  if (piece.parts.empty() || piece.is_flow) return true;
  return piece.kind == Kind::list &&
         std::all_of(piece.parts.begin(), piece.parts.end(), [](const Piece& part) {
           return part.kind == Kind::text && is_plain(part.text, true) &&
                  part.text.find(' ') == npos;
         });
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    out.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return out;
}

/// Whether a text of several lines reads the same below a `|`.
bool is_literal(const std::string& text) {
  if (text.find('\n') == npos || text.front() == '\n' || text.front() == ' ' ||
      text.ends_with("\n\n") || text.find_first_of("\t\r") != npos) {
    return false;
  }
  const auto lines = lines_of(text);
  return std::none_of(lines.begin(), lines.end(),
                      [](std::string_view line) { return line.ends_with(' '); });
}

/// Whether a text of one line reads the same when it is broken at its spaces.
bool is_foldable(const std::string& text) {
  return text.find(' ') != npos && text.find("  ") == npos && text.front() != ' ' &&
         text.back() != ' ' && text.find_first_of("\n\t\r") == npos;
}

class Writer {
 public:
  std::string run(const Layout& layout) {
    if (layout.root.parts.empty()) line(0, in_line(layout.root));
    for (const auto& part : layout.root.parts) section(part);
    for (const auto& each : layout.end) note(0, each);
    return std::move(out_);
  }

 private:
  void line(std::size_t indent, std::string_view text) {
    out_ += std::string(indent, ' ') + std::string(text) + "\n";
  }
  /// A comment, or a blank line: one at a time, and none at the top.
  void note(std::size_t indent, const std::string& text) {
    if (!text.empty()) {
      line(indent, text);
    } else if (!out_.empty() && !out_.ends_with("\n\n")) {
      out_ += '\n';
    }
  }
  /// Of two comments beside a value that takes one line now the first stays beside it.
  void above(const Piece& piece, std::size_t indent, Blanks blanks) {
    bool keeps = blanks == Blanks::all;
    for (const auto& each : piece.comments.above) {
      if (keeps || !each.empty()) note(indent, each);
      keeps = keeps || (blanks == Blanks::between && !each.empty());
    }
    for (std::size_t i = 1; i < piece.comments.beside.size(); ++i) {
      note(indent, piece.comments.beside[i]);
    }
  }
  void below(const Piece& piece, std::size_t indent) {
    for (const auto& each : piece.comments.below) note(indent, each);
  }
  [[nodiscard]] static std::string beside(const Piece& piece) {
    return piece.comments.beside.empty() ? "" : "  " + piece.comments.beside.front();
  }

  void section(const Piece& piece) {
    const bool is_section =
        std::find(sections.begin(), sections.end(), piece.key) != sections.end();
    if (is_section && is_container(piece) && !fits(piece, piece.key.size() + step)) note(0, "");
    above(piece, 0, Blanks::all);
    member(piece, 0, "");
  }

  [[nodiscard]] static bool fits(const Piece& piece, std::size_t column) {
    if (!is_container(piece)) return column + scalar(piece).size() <= max_line;
    return wants_line(piece) && !is_said_inside(piece) &&
           (piece.parts.empty() || column + in_line(piece).size() <= max_line);
  }

  /// `lead` stands for the blanks before the key: those and a dash, or nothing yet.
  void member(const Piece& piece, std::size_t indent, const std::string& lead) {
    out_ += (lead.empty() ? std::string(indent, ' ') : lead) + key_of(piece);
    value(piece, indent, indent + key_of(piece).size() + 1);
    below(piece, indent);
  }

  /// Behind a key or a dash.
  void value(const Piece& piece, std::size_t indent, std::size_t column) {
    if (fits(piece, column) && !is_literal_text(piece)) {
      out_ += " " + (is_container(piece) ? in_line(piece) : scalar(piece)) + beside(piece) + "\n";
    } else if (piece.kind == Kind::map) {
      out_ += beside(piece) + "\n";
      members(piece, indent + step);
    } else if (piece.kind == Kind::list) {
      out_ += beside(piece) + "\n";
      for (std::size_t i = 0; i < piece.parts.size(); ++i)
        item(piece.parts[i], indent + step, i > 0 ? Blanks::all : Blanks::between);
    } else if (is_literal_text(piece)) {
      literal(piece, indent + step);
    } else if (piece.kind == Kind::text && is_foldable(piece.text)) {
      folded(piece, indent + step);
    } else {
      out_ += " " + scalar(piece) + beside(piece) + "\n";
    }
  }

  [[nodiscard]] static bool is_literal_text(const Piece& piece) {
    return piece.kind == Kind::text && !piece.text.empty() && is_literal(piece.text);
  }

  void members(const Piece& map, std::size_t indent) {
    for (const auto& part : map.parts) {
      above(part, indent, Blanks::none);
      member(part, indent, "");
    }
  }

  void item(const Piece& piece, std::size_t indent, Blanks blanks) {
    above(piece, indent, blanks);
    const auto lead = std::string(indent, ' ') + "- ";
    if (piece.kind == Kind::map && !fits(piece, indent + step)) {
      for (const auto& each : piece.comments.beside) note(indent, each);
      item_map(piece, indent, lead);
    } else {
      out_ += std::string(indent, ' ') + "-";
      value(piece, indent, indent + step);
    }
    below(piece, indent);
  }

  void item_map(const Piece& map, std::size_t indent, const std::string& lead) {
    above(map.parts.front(), indent, Blanks::none);
    member(map.parts.front(), indent + step, lead);
    for (std::size_t i = 1; i < map.parts.size(); ++i) {
      above(map.parts[i], indent + step, Blanks::none);
      member(map.parts[i], indent + step, "");
    }
  }

  void literal(const Piece& piece, std::size_t indent) {
    const bool ends = piece.text.ends_with('\n');
    out_ += (ends ? " |" : " |-") + beside(piece) + "\n";
    auto text = std::string_view(piece.text);
    if (ends) text.remove_suffix(1);
    for (const auto each : lines_of(text)) line(each.empty() ? 0 : indent, each);
  }

  void folded(const Piece& piece, std::size_t indent) {
    out_ += " >-" + beside(piece) + "\n";
    std::string_view rest = piece.text;
    const auto room = max_line - std::min(indent, max_line / 2);
    while (rest.size() > room) {
      auto space = rest.rfind(' ', room);
      if (space == npos) space = rest.find(' ');
      if (space == npos) break;
      line(indent, rest.substr(0, space));
      rest.remove_prefix(space + 1);
    }
    line(indent, rest);
  }

  std::string out_;
};

}  // namespace

std::string write_yaml(const Layout& layout) { return Writer().run(layout); }

}  // namespace lexecon::policy
