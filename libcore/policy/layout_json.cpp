// The one layout of a policy file that is JSON.
#include <algorithm>

#include "json/json.hpp"
#include "policy/layout.hpp"

namespace lexecon::policy {
namespace {

using Kind = json::Node::Kind;

std::string value(const Piece& piece, std::size_t indent) {
  if (piece.kind == Kind::text) return Json(piece.text).dump();
  if (piece.kind != Kind::list && piece.kind != Kind::map) return piece.text;
  const bool is_map = piece.kind == Kind::map;
  const bool is_short = std::all_of(piece.parts.begin(), piece.parts.end(), [](const Piece& part) {
    return part.kind != Kind::list && part.kind != Kind::map;
  });
  const auto line = is_short && !is_map ? std::string() : "\n" + std::string(indent + 2, ' ');
  std::string out;
  for (const auto& part : piece.parts) {
    if (!out.empty()) out += line.empty() ? ", " : ",";
    out += line;
    if (is_map) out += Json(part.key).dump() + ": ";
    out += value(part, indent + 2);
  }
  if (!out.empty() && !line.empty()) out += "\n" + std::string(indent, ' ');
  return is_map ? "{" + out + "}" : "[" + out + "]";
}

}  // namespace

std::string write_json(const Layout& layout) { return value(layout.root, 0) + "\n"; }

}  // namespace lexecon::policy
