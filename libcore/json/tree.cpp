#include "json/tree.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/parse.hpp"
#include "json/sax.hpp"

namespace lexecon::json {

bool Tree::wants_key() const {
  return !open_.empty() && open_.back().node.kind == Node::Kind::map &&
         open_.back().member == nullptr;
}

void Tree::key(std::string name, const Mark& mark) {
  count(mark);
  Open& map = open_.back();
  if (!map.keys.insert(name).second) {
    fail(mark, "key `" + printable(name) + "` stands twice in one map");
  }
  map.node.members.push_back({std::move(name), mark, {}});
  map.member = &map.node.members.back();
}

void Tree::scalar(Node&& value) {
  count(value.mark);
  place(std::move(value));
}

void Tree::open(Node::Kind kind, const Mark& mark) {
  count(mark);
  if (open_.size() == max_depth) fail(mark, "expected at most 64 open lists and maps");
  Open container;
  container.node.kind = kind;
  container.node.mark = mark;
  open_.push_back(std::move(container));
}

void Tree::close() {
  Node done = std::move(open_.back().node);
  open_.pop_back();
  place(std::move(done));
}

Node Tree::take() { return std::move(root_); }

void Tree::fail(const Mark& mark, const std::string& message, const std::string& hint) const {
  throw Error(ErrorCode::bad_input, message, where_in(name_, mark), hint);
}

void Tree::count(const Mark& mark) {
  if (++nodes_ > max_nodes) fail(mark, "expected at most 2000000 values");
}

void Tree::place(Node&& value) {
  if (open_.empty()) {
    root_ = std::move(value);
    return;
  }
  Open& container = open_.back();
  if (container.node.kind == Node::Kind::list) {
    container.node.items.push_back(std::move(value));
  } else {
    container.member->value = std::move(value);
    container.member = nullptr;
  }
}

}  // namespace lexecon::json
