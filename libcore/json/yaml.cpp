#include "json/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <limits>
#include <sstream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/plain.hpp"
#include "json/sax.hpp"
#include "json/tree.hpp"

namespace lexecon::json {
namespace {

Mark mark_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {static_cast<std::uint32_t>(mark.line) + 1, static_cast<std::uint32_t>(mark.column) + 1};
}

class Handler final : public YAML::EventHandler {
 public:
  Handler(std::string_view source, Tree& tree) : source_(source), tree_(tree) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (started_) tree_.fail(mark_of(mark), "expected one document, found a second");
    started_ = true;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    meet(mark, plain_tag, anchor);
    // The library reports null, Null, NULL, ~ and nothing at all in the same way.
    if (!at(mark).starts_with("null")) refuse_plain(mark, empty_or_sign(mark));
    null_at_ = mark.pos;
    plain(mark, "null");
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    tree_.fail(mark_of(mark), "expected no alias (`*name`)", "write the value out");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    meet(mark, tag, anchor);
    if (tag == plain_tag) {
      plain(mark, value);
    } else {
      quoted(mark, value);
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(Node::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { tree_.close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { tree_.close(); }

 private:
  /// What the library says of a node without a tag: unquoted or a container, quoted or a block.
  static constexpr std::string_view plain_tag = "?";
  static constexpr std::string_view quoted_tag = "!";

  [[nodiscard]] std::string_view at(const YAML::Mark& mark) const {
    const auto offset = static_cast<std::size_t>(mark.pos);
    return mark.pos < 0 || offset > source_.size() ? std::string_view() : source_.substr(offset);
  }

  /// What every event is checked for.
  void meet(const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor) {
    // A value that is missing is reported where the next token stands, and so may look like null.
    if (mark.pos == null_at_) refuse_plain(mark, "");
    if (anchor != 0) {
      tree_.fail(mark_of(mark), "expected no anchor (`&name`)",
                 "remove it; nothing may refer to it");
    }
    // `! x` has the same tag as a quoted text: only the source tells them apart.
    const bool is_tagged = tag != plain_tag && tag != quoted_tag;
    if (is_tagged || at(mark).starts_with('!')) {
      tree_.fail(mark_of(mark), "expected no tag (`!name`)",
                 "quote the whole value when it starts with `!`");
    }
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    meet(mark, tag, anchor);
    if (tree_.wants_key()) refuse_key(mark);
    tree_.open(kind, mark_of(mark));
  }

  void plain(const YAML::Mark& mark, const std::string& text) {
    auto node = plain_scalar(text);
    if (!node) refuse_plain(mark, text);
    node->mark = mark_of(mark);
    if (!tree_.wants_key()) {
      tree_.scalar(std::move(*node));
    } else if (node->kind == Node::Kind::text) {
      tree_.key(std::move(node->text), node->mark);
    } else {
      refuse_key(mark);
    }
  }

  void quoted(const YAML::Mark& mark, const std::string& text) {
    if (text.find('\0') != std::string::npos) {
      tree_.fail(mark_of(mark), "expected a text without U+0000");
    }
    if (tree_.wants_key()) {
      tree_.key(text, mark_of(mark));
      return;
    }
    Node node;
    node.kind = Node::Kind::text;
    node.text = text;
    node.mark = mark_of(mark);
    tree_.scalar(std::move(node));
  }

  /// The word at a null that is not spelt "null", or nothing where a value is missing.
  [[nodiscard]] std::string empty_or_sign(const YAML::Mark& mark) const {
    for (const std::string_view word : {"~", "Null", "NULL"}) {
      if (at(mark).starts_with(word)) return std::string(word);
    }
    return {};
  }

  [[noreturn]] void refuse_key(const YAML::Mark& mark) const {
    tree_.fail(mark_of(mark), "expected a text as key", "quote it, or write a plain name");
  }

  [[noreturn]] void refuse_plain(const YAML::Mark& mark, const std::string& text) const {
    if (text.empty()) {
      tree_.fail(mark_of(mark), "expected a value, found nothing",
                 "write \"\" for an empty text, or null");
    }
    const std::string shown = printable(text);
    tree_.fail(mark_of(mark), "YAML readers disagree about the unquoted `" + shown + "`",
               "quote it: \"" + shown + "\"");
  }

  std::string_view source_;
  Tree& tree_;
  bool started_ = false;
  int null_at_ = -1;
};

}  // namespace

Node read_yaml(const std::string& bytes, const std::string& name) {
  Tree tree(name);
  Handler handler(bytes, tree);
  try {
    std::istringstream stream(bytes);
    YAML::Parser parser(stream);
    // SECURITY: the library's own loop over documents never ends on some bad input. Two calls are
    // enough: the second finds nothing, or starts a document, which the handler refuses.
    if (!parser.HandleNextDocument(handler)) {
      tree.fail({}, "expected a document, found nothing");
    }
    if (parser.HandleNextDocument(handler)) {
      tree.fail({}, "expected one document, found a second");
    }
  } catch (const YAML::Exception& error) {
    // An unquoted `*` is an alias without a name: in a policy the commonest slip of all.
    const bool bare_star = error.msg.starts_with("alias not found");
    tree.fail(mark_of(error.mark), "expected YAML: " + printable(error.msg),
              bare_star ? "quote it: \"*\"" : "");
  }
  return tree.take();
}

}  // namespace lexecon::json
