#include "policy/layout.hpp"

#include <algorithm>

#include "policy/line_index.hpp"

namespace lexecon::policy {
namespace {

using Kind = json::Node::Kind;

/// How a number stands in the source: 1.10 is a version, 1.1 another.
std::string number_at(std::string_view source, std::size_t offset) {
  const auto rest = source.substr(offset);
  return std::string(rest.substr(0, rest.find_first_not_of("+-.0123456789eE")));
}

class Reading {
 public:
  explicit Reading(std::string_view source) : source_(source), lines_(source) {}

  [[nodiscard]] Piece piece(const json::Node& node) const {
    Piece out;
    out.kind = node.kind;
    out.mark = out.value_mark = node.mark;
    switch (node.kind) {
      case Kind::null:
        out.text = "null";
        break;
      case Kind::boolean:
        out.text = node.boolean ? "true" : "false";
        break;
      case Kind::integer:
      case Kind::number:
        out.text = number_at(source_, lines_.offset(node.mark));
        break;
      case Kind::text:
        out.text = node.text;
        break;
      case Kind::list:
        for (const auto& item : node.items) out.parts.push_back(piece(item));
        break;
      case Kind::map:
        for (const auto& member : node.members) {
          out.parts.push_back(piece(member.value));
          out.parts.back().key = member.key;
          out.parts.back().mark = member.mark;
        }
        break;
    }
    out.is_flow = is_flow(node);
    return out;
  }

 private:
  [[nodiscard]] bool is_flow(const json::Node& node) const {
    if (node.kind != Kind::list && node.kind != Kind::map) return false;
    const auto offset = lines_.offset(node.mark);
    return offset < source_.size() && (source_[offset] == '[' || source_[offset] == '{');
  }

  std::string_view source_;
  LineIndex lines_;
};

}  // namespace

Layout read_layout(std::string_view bytes, const std::string& name) {
  const auto root = json::read_document(bytes, name);
  return {Reading(bytes).piece(root), {}};
}

bool same_values(const Piece& a, const Piece& b) {
  return a.key == b.key && a.kind == b.kind && a.text == b.text &&
         std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(), same_values);
}

}  // namespace lexecon::policy
