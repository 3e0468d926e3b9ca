// A policy file as it is laid out: its values in their order, with the comments that belong to them.
//
// Shapes   read() keeps all; canonical() gives keys their first spelling and their documented order;
//          write() is the one layout there is
// Units    lines of at most 120 bytes where the values allow it; two spaces a level
// Errors   Error{bad_input} with file:line:col for what read_document refuses
// Source   lexecon-policy-fmt(1)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/node.hpp"

namespace lexecon::policy {

struct Comments {
  std::vector<std::string> above;  // an empty one is a blank line
  std::vector<std::string> beside;
  std::vector<std::string> below;

  [[nodiscard]] bool any() const { return !above.empty() || !beside.empty() || !below.empty(); }
};

/// A value, and in a map the key before it.
struct Piece {
  std::string key;
  json::Node::Kind kind = json::Node::Kind::null;
  std::string text;      // of a text its value, of any other scalar how it was written
  bool is_flow = false;  // in brackets
  std::vector<Piece> parts;
  json::Mark mark;  // of the key, or of an item
  json::Mark value_mark;
  Comments comments;
};

struct Layout {
  Piece root;
  std::vector<std::string> end;  // comments behind everything
};

[[nodiscard]] Layout read_layout(std::string_view bytes, const std::string& name);
/// Puts the comments of `source` into the layout that was read from it; YAML only.
void attach_comments(std::string_view source, Layout& layout);
/// The layout of a policy file with first spellings in documented order.
[[nodiscard]] Layout canonical(Layout layout);
[[nodiscard]] std::string write_yaml(const Layout& layout);
[[nodiscard]] std::string write_json(const Layout& layout);
/// Whether two layouts have the same values under the same keys in the same order.
[[nodiscard]] bool same_values(const Piece& a, const Piece& b);

}  // namespace lexecon::policy
