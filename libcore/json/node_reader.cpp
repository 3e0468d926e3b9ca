#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/node.hpp"
#include "json/sax.hpp"

namespace lexecon::json {
namespace {

std::string in_ticks(std::string_view text) { return "`" + printable(text) + "`"; }

std::string_view kind_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::boolean:
      return "a boolean";
    case Node::Kind::integer:
      return "an integer";
    case Node::Kind::number:
      return "a fraction";
    case Node::Kind::text:
      return "a text";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      break;
  }
  return "a map";
}

std::string mismatch(std::string_view what, std::string_view expected, const Node& found) {
  return "expected " + std::string(expected) + " as " + std::string(what) + ", found " +
         std::string(kind_of(found));
}

}  // namespace

NodeReader::NodeReader(const Node& node, const std::string& file) : node_(node), file_(file) {
  if (node.kind != Node::Kind::map) {
    fail(node.mark, "expected a map, found " + std::string(kind_of(node)));
  }
}

const Node* NodeReader::find(std::initializer_list<std::string_view> spellings) {
  const Node::Member* found = nullptr;
  for (const auto spelling : spellings) {
    known_.emplace_back(spelling);
    for (const auto& member : node_.members) {
      if (member.key != spelling) continue;
      if (found != nullptr) {
        fail(member.mark, "expected one of " + in_ticks(found->key) + " and " +
                              in_ticks(member.key) + ", found both: they mean the same");
      }
      found = &member;
    }
  }
  return found == nullptr ? nullptr : &found->value;
}

const Node& NodeReader::get(std::initializer_list<std::string_view> spellings) {
  const Node* const value = find(spellings);
  if (value == nullptr) fail(node_.mark, "key " + in_ticks(*spellings.begin()) + " is missing");
  return *value;
}

std::optional<std::string> NodeReader::text(std::initializer_list<std::string_view> spellings) {
  const Node* const value = find(spellings);
  if (value == nullptr) return std::nullopt;
  return as_text(*value, in_ticks(*spellings.begin()));
}

void NodeReader::finish() const {
  for (const auto& member : node_.members) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    const auto near = did_you_mean(member.key, known_);
    fail(member.mark, "unknown key " + in_ticks(member.key),
         near ? "did you mean " + in_ticks(*near) + "?" : std::string());
  }
}

void NodeReader::fail(const Mark& at, const std::string& message, const std::string& hint) const {
  throw Error(ErrorCode::bad_input, message, where(at), hint);
}

std::string NodeReader::where(const Mark& at) const { return where_in(file_, at); }

const std::string& NodeReader::as_text(const Node& value, std::string_view what) const {
  if (value.kind != Node::Kind::text) fail(value.mark, mismatch(what, "a text", value));
  return value.text;
}

std::int64_t NodeReader::as_integer(const Node& value, std::string_view what, std::int64_t low,
                                    std::int64_t high) const {
  if (value.kind != Node::Kind::integer) fail(value.mark, mismatch(what, "an integer", value));
  if (value.integer < low || value.integer > high) {
    fail(value.mark, "expected an integer from " + std::to_string(low) + " to " +
                         std::to_string(high) + " as " + std::string(what) + ", found " +
                         std::to_string(value.integer));
  }
  return value.integer;
}

std::span<const Node> NodeReader::as_list(const Node& value, std::string_view what) const {
  if (value.kind != Node::Kind::list) fail(value.mark, mismatch(what, "a list", value));
  return value.items;
}

}  // namespace lexecon::json
