#include "context.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <utility>

#include "base/descriptor.hpp"
#include "base/text.hpp"
#include "node_folder.hpp"
#include "output.hpp"

namespace lexecon::cli {

Context::Context(GlobalOptions options, service::Session session)
    : options_(std::move(options)), session_(std::move(session)) {}

const Path& Context::node() {
  if (node_) return *node_;
  node_ = cli::named_node(options_.node);
  if (!node_ && options_.discover) {
    std::error_code gone;
    node_ = discover_node(std::filesystem::current_path(gone));
    if (node_) note("using node " + node_->string());
  }
  if (!node_) fail_no_node(options_.discover);
  require_folder(*node_);
  return *node_;
}

std::optional<Path> Context::named_node() const { return cli::named_node(options_.node); }

void Context::answer(const Json& document, const std::function<std::string(const Json&)>& text) {
  if (options_.pointer) {
    answer_pointer(document);
  } else if (options_.json) {
    print(json_text(document, isatty(STDOUT_FILENO) == 1));
  } else {
    print(printable_lines(text(document)));
  }
}

void Context::answer_bytes(const Json& document, std::string_view bytes) {
  if (!options_.pointer && !options_.json) return print(bytes);
  answer(document, {});
}

void Context::answer_pointer(const Json& document) {
  if (const auto value = value_at(document, *options_.pointer)) return print(*value + "\n");
  if (!options_.acts) {
    throw Error(ErrorCode::not_found, "the answer has nothing at that pointer", "--pointer",
                "--json shows the whole document");
  }
  note("the answer has nothing at that pointer; this is the whole of it");
  print(json_text(document, false));
}

void Context::print(std::string_view bytes) {
  // SECURITY: no byte of a ledger reaches a terminal unescaped, whatever the command did.
  if (isatty(STDOUT_FILENO) == 1) return output_.append(printable_lines(bytes));
  output_.append(bytes);
}

void Context::print_at_once(std::string_view bytes) const {
  if (isatty(STDOUT_FILENO) == 1) {
    write_all(STDOUT_FILENO, printable_lines(bytes), "standard output");
  } else {
    write_all(STDOUT_FILENO, bytes, "standard output");
  }
}

void Context::note(std::string_view line) {
  if (options_.json) {
    notes_.emplace_back(line);
  } else {
    std::cerr << "lexecon: " << printable_lines(line) << '\n';
  }
}

std::string Context::read_input(const std::string& argument, std::uint64_t limit) {
  if (argument != "-") return read_file_or_pipe(argument, limit);
  take_standard_input();
  return read_descriptor(STDIN_FILENO, limit, "standard input");
}

Descriptor Context::open_input(const std::string& argument) {
  if (argument == "-") {
    take_standard_input();
    return Descriptor(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  }
  auto file = try_open(argument, O_RDONLY | O_NOCTTY);
  if (!file.open() && errno == ENOENT) {
    throw Error(ErrorCode::not_found, "no such file", printable(argument));
  }
  if (!file.open()) throw system_error(ErrorCode::io, "open", argument, errno);
  if (std::filesystem::is_directory(argument)) {
    throw Error(ErrorCode::bad_input, "expected a file, found a folder", printable(argument));
  }
  return file;
}

void Context::take_standard_input() {
  if (std::exchange(stdin_was_read_, true)) {
    throw Error(ErrorCode::usage, "standard input can be read once, and `-` stands there twice");
  }
  if (isatty(STDIN_FILENO) == 1) note("reading standard input, end with Ctrl-D");
}

void Context::finish() {
  output_.write_to(STDOUT_FILENO, "standard output");
  for (const auto& line : notes_) std::cerr << "lexecon: " << printable_lines(line) << '\n';
}

}  // namespace lexecon::cli
