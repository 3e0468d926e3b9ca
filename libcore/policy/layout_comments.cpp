// Finds the comments of a YAML text and gives each to the value it belongs to.
#include <map>

#include "policy/layout.hpp"
#include "policy/line_index.hpp"

namespace lexecon::policy {
namespace {

using Kind = json::Node::Kind;

struct Comment {
  std::string text;
  std::size_t offset = 0;
  std::size_t depth = 0;  // of brackets
  bool is_alone = false;  // nothing but blanks and dashes before it on its line
};

/// A piece where it begins in the source.
struct Anchor {
  Piece* piece = nullptr;
  std::size_t offset = 0;
  std::size_t column = 0;  // of an item in a block: that of its dash
  std::size_t depth = 0;
};

constexpr auto npos = std::string_view::npos;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == npos; }

std::string_view trimmed(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r");
  return last == npos ? std::string_view() : text.substr(0, last + 1);
}

/// Walks the source once: where quoted texts, blocks and brackets begin is known from the values, and
/// outside of them a `#` at the start of a line or behind a blank begins a comment.
class Scan {
 public:
  Scan(std::string_view source, const LineIndex& lines, std::vector<Anchor>& anchors)
      : source_(source), lines_(lines) {
    for (auto& anchor : anchors) {
      by_offset_.emplace(anchor.offset, &anchor);
      const auto& piece = *anchor.piece;
      if (!piece.key.empty()) starts_.emplace(anchor.offset, nullptr);
      starts_[lines.offset(piece.value_mark)] = &piece;
    }
  }

  [[nodiscard]] std::vector<Comment> run() {
    while (at_ < source_.size()) {
      note_depth();
      if (const auto start = starts_.find(at_); start != starts_.end() && begin(start->second)) {
        continue;
      }
      const char c = source_[at_];
      if (depth_ > 0 && (c == ']' || c == '}')) --depth_;
      if (c == '#' && (at_ == 0 || std::string_view(" \t\n").find(source_[at_ - 1]) != npos)) {
        comment();
      } else {
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  void note_depth() {
    const auto [first, last] = by_offset_.equal_range(at_);
    for (auto it = first; it != last; ++it) it->second->depth = depth_;
  }

  /// Passes what begins here; false when nothing but this byte is to be looked at.
  bool begin(const Piece* value) {
    const char c = source_[at_];
    if (c == '"' || c == '\'') {
      quoted(c);
      return true;
    }
    if (value == nullptr) return false;
    if (value->is_flow) {
      ++depth_;
      ++at_;
      return true;
    }
    if (value->kind == Kind::text && (c == '|' || c == '>')) {
      block(*value);
      return true;
    }
    return false;
  }

  void quoted(char mark) {
    for (++at_; at_ < source_.size(); ++at_) {
      if (mark == '"' && source_[at_] == '\\') {
        ++at_;
      } else if (source_[at_] == mark) {
        if (mark == '"' || source_.substr(at_ + 1, 1) != "'") break;
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, source_.size());
  }

  /// A text in `|` or `>`: all lines below that are blank or further in than what it belongs to.
  void block(const Piece& value) {
    auto number = lines_.line_of(at_);
    const auto header = lines_.line(number);
    const auto column = at_ - lines_.start(number);
    const auto outer = value.key.empty() ? header.substr(0, column).rfind('-')
                                         : std::size_t{value.mark.column} - 1;
    if (const auto sign = header.find(" #", column); sign != npos) {
      at_ = lines_.start(number) + sign + 1;
      comment();
    }
    for (++number;; ++number) {
      const auto line = lines_.line(number);
      const auto indent = line.find_first_not_of(' ');
      if (line.data() == nullptr || (indent != npos && indent <= outer)) break;
    }
    at_ = number > lines_.line_of(source_.size()) ? source_.size() : lines_.start(number);
  }

  void comment() {
    const auto number = lines_.line_of(at_);
    const auto start = lines_.start(number);
    const auto line = lines_.line(number);
    found_.push_back({.text = std::string(trimmed(line.substr(at_ - start))),
                      .offset = at_,
                      .depth = depth_,
                      .is_alone = line.substr(0, at_ - start).find_first_not_of(" \t-") == npos});
    at_ = start + line.size();
  }

  std::string_view source_;
  const LineIndex& lines_;
  std::multimap<std::size_t, Anchor*> by_offset_;
  std::map<std::size_t, const Piece*> starts_;  // nullptr: a key
  std::vector<Comment> found_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

class Attaching {
 public:
  Attaching(std::string_view source, Layout& layout)
      : source_(source), lines_(source), layout_(layout) {
    for (auto& part : layout.root.parts) add(part);
  }

  void run() {
    for (auto& comment : Scan(source_, lines_, anchors_).run()) attach(comment);
    for (std::size_t i = 0; i < anchors_.size(); ++i) {
      const bool is_first = i == 0 || anchors_[i - 1].offset != anchors_[i].offset;
      auto& above = anchors_[i].piece->comments.above;
      if (is_first && follows_blank(anchors_[i].offset)) above.emplace_back();
    }
  }

 private:
  void add(Piece& piece) {
    const auto offset = lines_.offset(piece.mark);
    std::size_t column = piece.mark.column;
    if (piece.key.empty()) {
      const auto line = lines_.line(piece.mark.line).substr(0, column - 1);
      const auto dash = line.find_last_not_of(' ');
      if (dash != npos && line[dash] == '-') column = dash + 1;
    }
    anchors_.push_back({.piece = &piece, .offset = offset, .column = column, .depth = 0});
    for (auto& part : piece.parts) add(part);
  }

  /// Whether the line of `offset` begins with what is there, below a blank line.
  [[nodiscard]] bool follows_blank(std::size_t offset) const {
    const auto number = lines_.line_of(offset);
    const auto before = lines_.line(number).substr(0, offset - lines_.start(number));
    return number > 1 && before.find_first_not_of(" -") == npos &&
           is_blank(lines_.line(number - 1));
  }

  void attach(Comment& comment) {
    std::size_t next = 0;
    while (next < anchors_.size() && anchors_[next].offset < comment.offset) ++next;
    if (comment.is_alone) {
      attach_alone(comment, next);
      return;
    }
    auto before = next;
    while (before > 1 && anchors_[before - 1].depth > comment.depth) --before;
    if (before == 0) {
      layout_.end.push_back(std::move(comment.text));
    } else {
      anchors_[before - 1].piece->comments.beside.push_back(std::move(comment.text));
    }
  }

  /// Whether a comment above `next` rather belongs to what ends there.
  [[nodiscard]] static bool goes_deeper(const Comment& comment, std::size_t column,
                                        const Anchor& next) {
    return column > next.column || comment.depth > next.depth;
  }

  void attach_alone(Comment& comment, std::size_t next) {
    const auto number = lines_.line_of(comment.offset);
    const auto column = comment.offset - lines_.start(number) + 1;
    const bool is_last = next == anchors_.size();
    if (is_last && column == 1) {
      if (follows_blank(comment.offset)) layout_.end.emplace_back();
      layout_.end.push_back(std::move(comment.text));
      return;
    }
    const auto outer =
        is_last ? Anchor{.piece = nullptr, .offset = 0, .column = 1, .depth = 0} : anchors_[next];
    for (auto before = next; before > 0 && goes_deeper(comment, column, outer); --before) {
      auto& anchor = anchors_[before - 1];
      if (anchor.column > column || anchor.depth > comment.depth) continue;
      if (anchor.column <= outer.column && anchor.depth <= outer.depth) break;
      anchor.piece->comments.below.push_back(std::move(comment.text));
      return;
    }
    auto& above = is_last ? layout_.end : anchors_[next].piece->comments.above;
    if (follows_blank(comment.offset)) above.emplace_back();
    above.push_back(std::move(comment.text));
  }

  std::string_view source_;
  LineIndex lines_;
  Layout& layout_;
  std::vector<Anchor> anchors_;  // by offset, a list or map before what it holds
};

}  // namespace

void attach_comments(std::string_view source, Layout& layout) { Attaching(source, layout).run(); }

}  // namespace lexecon::policy
