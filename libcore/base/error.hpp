// The one error type: a question that could not be answered.
//
// Errors   an answer (denied, invalid, not valid) is a value and never an Error
// Source   exit codes: lexecon-errors(7); cli/exit_code.cpp alone turns a code into a number
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace lexecon {

/// The closed list of codes; each has one exit code and one error class.
enum class ErrorCode {
  usage,          // 64  the command line is wrong
  bad_input,      // 65  a document is wrong
  not_found,      // 66
  busy,           // 69  another process holds the node
  internal,       // 70  our own bug
  cannot_create,  // 73  the output exists or cannot be made
  io,             // 74  read, write, sync or disk full
  integrity,      // 76  the node was altered
  not_permitted,  // 77  role, signature or key permissions
  configuration,  // 78  the node or its set cannot be used as it is
};

/// Lower-case name, as in lexecon.error/1.
[[nodiscard]] std::string_view to_string(ErrorCode code);

/// `message`: lower case, no full stop, one line, user text in backticks, expected before seen.
/// `where`: file:line:col, JSON pointer, path or entry id. `hint`: how to mend it.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message, std::string where = {}, std::string hint = {});

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] std::string message() const { return what(); }
  [[nodiscard]] const std::string& where() const noexcept { return where_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

  /// The same error with `where`, when it had none.
  [[nodiscard]] Error at(const std::string& where) const;

 private:
  ErrorCode code_;
  std::string where_;
  std::string hint_;
};

}  // namespace lexecon
