#include "policy/format.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "policy/graph.hpp"
#include "policy/graph_codec.hpp"
#include "policy/layout.hpp"

namespace lexecon::policy {
namespace {

std::string compiled(const SourceFile& file) {
  Packer packer;
  pack(packer, load(std::array{file}).graph());
  return std::move(packer.bytes());
}

/// Every comment of the one text in the other, counted; texts hold the sign too, and keep it.
bool keeps_comments(std::string_view before, std::string_view after) {
  return std::count(after.begin(), after.end(), '#') >=
         std::count(before.begin(), before.end(), '#');
}

bool is_json(std::string_view bytes) {
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '{';
}

}  // namespace

std::string format(const SourceFile& file) {
  const auto meaning = compiled(file);
  const bool json = is_json(file.bytes);
  auto layout = read_layout(file.bytes, file.name);
  if (!json) attach_comments(file.bytes, layout);
  layout = canonical(std::move(layout));
  auto out = json ? write_json(layout) : write_yaml(layout);
  const bool same = same_values(layout.root, read_layout(out, file.name).root) &&
                    compiled({file.name, out}) == meaning && keeps_comments(file.bytes, out);
  if (!same) {
    throw Error(ErrorCode::bad_input, "this file cannot be laid out without losing something",
                file.name, "move its comments to lines of their own, above what they are about");
  }
  return out;
}

}  // namespace lexecon::policy
