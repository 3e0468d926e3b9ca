// What a command is given: the node, the clock, entropy, and where its answer goes.
//
// Shapes   --json prints exactly one document and a newline; text for people is rendered from the
//          same document; nothing is printed before the command has its whole answer
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"
#include "base/entropy.hpp"
#include "base/files.hpp"
#include "base/time.hpp"
#include "json/json.hpp"
#include "service/session.hpp"
#include "spool.hpp"

namespace lexecon::cli {

struct GlobalOptions {
  std::optional<std::string> node;                  // --node
  bool json = false;                                // --json, LEXECON_OUTPUT=json
  std::optional<std::vector<std::string>> pointer;  // --pointer, its reference tokens
  bool discover = true;                             // false for gate, hook run, token verify
  bool acts = false;                                // the command may have changed something
};

class Context {
 public:
  Context(GlobalOptions options, service::Session session);

  /// The node directory, absolute: --node, LEXECON_NODE, or discovered upward from here.
  /// Error{not_found} "run lexecon init" when there is none.
  [[nodiscard]] const Path& node();
  /// --node or LEXECON_NODE, absolute, whether or not anything is there; never discovered.
  [[nodiscard]] std::optional<Path> named_node() const;
  [[nodiscard]] service::Session& session() { return session_; }
  [[nodiscard]] bool wants_json() const { return options_.json; }

  /// The one answer: the document with --json, its value at --pointer, else `text` of it. A pointer
  /// to nothing is Error{not_found}, but after an act, whose answer must not be lost: then it is the
  /// whole document, and a note.
  void answer(const Json& document, const std::function<std::string(const Json&)>& text);
  /// Raw bytes on stdout (a vkey, a completion script, JSON Lines).
  void print(std::string_view bytes);
  /// The same, written before it returns: for answers that nobody should wait for.
  void print_at_once(std::string_view bytes) const;
  /// Raw bytes, or with --json or --pointer the document that has them in it.
  void answer_bytes(const Json& document, std::string_view bytes);
  /// A line for people on stderr; with --json only when no error follows.
  void note(std::string_view line);
  /// A file argument, or stdin for "-", which can be read once.
  [[nodiscard]] std::string read_input(const std::string& argument, std::uint64_t limit);
  /// The same, to be read piece by piece.
  [[nodiscard]] Descriptor open_input(const std::string& argument);

  /// Writes what was printed, once, when the command is done.
  void finish();

 private:
  void answer_pointer(const Json& document);
  void take_standard_input();

  GlobalOptions options_;
  service::Session session_;
  std::optional<Path> node_;
  Spool output_;
  std::vector<std::string> notes_;
  bool stdin_was_read_ = false;
};

}  // namespace lexecon::cli
