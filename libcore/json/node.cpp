#include "json/node.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"
#include "json/sax.hpp"
#include "json/tree.hpp"
#include "json/yaml.hpp"

namespace lexecon::json {
namespace {

constexpr std::size_t max_bytes = 16U << 20U;

/// Controls, line separators that only some readers know, byte-order marks, non-characters.
bool is_refused(char32_t point) {
  const bool blank = point == '\t' || point == '\n' || point == '\r';
  return (point < 0x20 && !blank) || (point >= 0x7F && point <= 0x9F) || point == 0x2028 ||
         point == 0x2029 || point == 0xFEFF || point == 0xFFFE || point == 0xFFFF;
}

std::string complaint(char32_t point, std::size_t offset) {
  if (point == 0xFEFF && offset == 0) return "expected a document without a byte-order mark";
  std::string shown;
  append_utf8(shown, point);
  return "expected no control character, found `" + printable(shown) + "`";
}

void check_characters(std::string_view bytes, const std::string& name) {
  const auto fail = [&](std::size_t offset, const std::string& message) {
    throw Error(ErrorCode::bad_input, message, where_in(name, LineCounter(bytes).at(offset)));
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const auto read = utf8_at(bytes, at);
    if (!read) {
      fail(at, "expected UTF-8");
      return;
    }
    if (is_refused(read->point)) fail(at, complaint(read->point, at));
    if (read->point == '\r' && bytes.substr(at + 1, 1) != "\n") {
      fail(at, "expected a line feed after the carriage return");
    }
    at += read->length;
  }
}

/// Directives change how the rest is read: `%YAML 1.1`, `%TAG`.
void refuse_directives(std::string_view bytes, const std::string& name) {
  for (std::size_t start = 0; start < bytes.size();) {
    if (bytes[start] == '%') {
      throw Error(ErrorCode::bad_input, "expected no directive (`%` at the start of a line)",
                  where_in(name, LineCounter(bytes).at(start)));
    }
    const auto end = bytes.find('\n', start);
    if (end == std::string_view::npos) return;
    start = end + 1;
  }
}

bool is_json(std::string_view bytes) {
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '{';
}

class JsonEvents final : public Events {
 public:
  explicit JsonEvents(const std::string& name) : tree_(name) {}

  void scalar(Json&& value, Token& token) override {
    Node node;
    node.mark = token.mark();
    if (value.is_boolean()) {
      node.kind = Node::Kind::boolean;
      node.boolean = value.get<bool>();
    } else if (value.is_number_integer()) {
      node.kind = Node::Kind::integer;
      node.integer = value.get<std::int64_t>();
    } else if (value.is_number_float()) {
      node.kind = Node::Kind::number;
      node.number = value.get<double>();
    } else if (auto* const text = value.get_ptr<Json::string_t*>()) {
      node.kind = Node::Kind::text;
      node.text = std::move(*text);
      refuse_nul(node.text, token);
    }
    tree_.scalar(std::move(node));
  }
  void key(std::string&& name, Token& token) override {
    refuse_nul(name, token);
    tree_.key(std::move(name), token.mark());
  }
  void open(bool is_object, Token& token) override {
    tree_.open(is_object ? Node::Kind::map : Node::Kind::list, token.mark());
  }
  void close() override { tree_.close(); }

  [[nodiscard]] Node take() { return tree_.take(); }

 private:
  static void refuse_nul(const std::string& text, Token& token) {
    if (text.find('\0') != std::string::npos) token.fail("expected a text without U+0000");
  }

  Tree tree_;
};

}  // namespace

Node read_document(std::string_view bytes, const std::string& name) {
  if (bytes.size() > max_bytes) {
    throw Error(ErrorCode::bad_input, "expected at most 16 MiB", printable(name));
  }
  check_characters(bytes, name);
  if (!is_json(bytes)) {
    refuse_directives(bytes, name);
    return read_yaml(std::string(bytes), name);
  }
  JsonEvents events(name);
  read_strict(bytes, name, events);
  return events.take();
}

Json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return nullptr;
    case Node::Kind::boolean:
      return node.boolean;
    case Node::Kind::integer:
      return node.integer;
    case Node::Kind::number:
      return node.number;
    case Node::Kind::text:
      return node.text;
    case Node::Kind::list:
      break;
    case Node::Kind::map: {
      Json object = Json::object();
      for (const auto& member : node.members) object[member.key] = to_json(member.value);
      return object;
    }
  }
  Json list = Json::array();
  for (const auto& item : node.items) list.push_back(to_json(item));
  return list;
}

}  // namespace lexecon::json
