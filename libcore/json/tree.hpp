// Builds a Node from the events of a reader, and keeps the limits that all documents share.
//
// Units    at most 64 open lists and maps, 2,000,000 nodes, keys counted
// Errors   Error{bad_input}, where = "<file>:<line>:<column>"
#pragma once

#include <set>
#include <string>
#include <vector>

#include "json/node.hpp"

namespace lexecon::json {

inline constexpr std::size_t max_nodes = 2'000'000;

class Tree {
 public:
  explicit Tree(std::string name) : name_(std::move(name)) {}

  /// The next value is the key of a map.
  [[nodiscard]] bool wants_key() const;
  void key(std::string name, const Mark& mark);
  void scalar(Node&& value);
  void open(Node::Kind kind, const Mark& mark);
  void close();
  [[nodiscard]] Node take();

  [[noreturn]] void fail(const Mark& mark, const std::string& message,
                         const std::string& hint = {}) const;

 private:
  struct Open {
    Node node;
    std::set<std::string> keys;
    Node::Member* member = nullptr;  // the one whose value comes next
  };

  void count(const Mark& mark);
  void place(Node&& value);

  std::string name_;
  Node root_;
  std::vector<Open> open_;
  std::size_t nodes_ = 0;
};

}  // namespace lexecon::json
