// A document that people write, with the place of every value: YAML, or JSON if it starts with '{'.
//
// Shapes   plain scalars are true, false, null, a JSON number or a string; what some YAML reads
//          otherwise (yes no on off ~ 010 0x1f 1_000 .inf 12:30, empty) is refused: "quote it".
//          Unquoted dates and versions are strings. Refused: anchors, aliases, tags, merge keys,
//          duplicate or non-string keys, a second document, a byte-order mark, control characters
// Units    lines and columns (in bytes) count from 1; at most 16 MiB, depth 64, 2,000,000 nodes
// Errors   Error{bad_input}, where = "file:line:col"
// Source   YAML 1.2; lexecon-policy(5)
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/fwd.hpp"

namespace lexecon::json {

struct Mark {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct Node {
  enum class Kind { null, boolean, integer, number, text, list, map };
  struct Member;

  Kind kind = Kind::null;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string text;
  std::vector<Node> items;      // list
  std::vector<Member> members;  // map, in the order of the file
  Mark mark;
};

struct Node::Member {
  std::string key;
  Mark mark;
  Node value;
};

/// `name` is the file's name in messages.
[[nodiscard]] Node read_document(std::string_view bytes, const std::string& name);
[[nodiscard]] Json to_json(const Node& node);

/// Typed, strict access to a map node; the errors name file, line and column.
class NodeReader {
 public:
  NodeReader(const Node& node, const std::string& file);

  [[nodiscard]] const Node& node() const { return node_; }
  /// The value under any of the spellings of one key, or nullptr; Error when two of them stand.
  const Node* find(std::initializer_list<std::string_view> spellings);
  const Node* find(std::string_view key) { return find({key}); }
  /// Error when absent.
  const Node& get(std::initializer_list<std::string_view> spellings);
  /// A text, or nothing when absent; Error for any other value, null too.
  std::optional<std::string> text(std::initializer_list<std::string_view> spellings);
  /// Throws on the first key that nobody asked for, with "did you mean".
  void finish() const;
  /// An Error{bad_input} at `at` in this file.
  [[noreturn]] void fail(const Mark& at, const std::string& message,
                         const std::string& hint = {}) const;
  [[nodiscard]] std::string where(const Mark& at) const;
  /// Checked conversions of a value in this file.
  [[nodiscard]] const std::string& as_text(const Node& value, std::string_view what) const;
  [[nodiscard]] std::int64_t as_integer(const Node& value, std::string_view what, std::int64_t low,
                                        std::int64_t high) const;
  [[nodiscard]] std::span<const Node> as_list(const Node& value, std::string_view what) const;

 private:
  const Node& node_;
  const std::string& file_;
  std::vector<std::string> known_;
};

}  // namespace lexecon::json
