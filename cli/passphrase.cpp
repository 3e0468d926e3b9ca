#include "passphrase.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "base/error.hpp"
#include "base/files.hpp"

namespace lexecon::cli {
namespace {

constexpr std::uint64_t max_passphrase_bytes = 4'096;

std::string first_line(std::string text) {
  text.erase(std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.pop_back();
  if (text.empty()) throw Error(ErrorCode::not_permitted, "the passphrase is empty");
  return text;
}

/// The terminal shows nothing while this lives; an interruption waits until it shows again.
class SilentTerminal {
 public:
  SilentTerminal() {
    sigset_t held;
    sigemptyset(&held);
    for (const int each : {SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGHUP}) sigaddset(&held, each);
    sigprocmask(SIG_BLOCK, &held, &signals_);
    tcgetattr(STDIN_FILENO, &before_);
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() {
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    sigprocmask(SIG_SETMASK, &signals_, nullptr);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

 private:
  termios before_{};
  sigset_t signals_{};
};

std::string ask() {
  if (isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1) {
    throw Error(ErrorCode::not_permitted, "the key is encrypted and no passphrase was given", {},
                "--passphrase-file FILE or --passphrase-fd N");
  }
  std::cerr << "Passphrase of the node's keys: " << std::flush;
  std::string line;
  {
    const SilentTerminal silent;
    std::getline(std::cin, line);
  }
  std::cerr << '\n';
  return first_line(std::move(line));
}

}  // namespace

crypto::Passphrase passphrase_source(const Arguments& given) {
  const auto file = given.text("--passphrase-file");
  const auto descriptor = given.integer("--passphrase-fd", 0, 1'048'576);
  if (file && descriptor) {
    throw Error(ErrorCode::usage, "expected --passphrase-file or --passphrase-fd, seen both");
  }
  // Both keys of a node have one passphrase: it is read once, since a descriptor gives it once.
  return [file, descriptor, known = std::string()]() mutable {
    if (!known.empty()) return known;
    if (file) {
      known = first_line(read_private_file(*file, max_passphrase_bytes));
    } else if (descriptor) {
      known = first_line(read_descriptor(static_cast<int>(*descriptor), max_passphrase_bytes,
                                         "passphrase descriptor"));
    } else {
      known = ask();
    }
    return known;
  };
}

}  // namespace lexecon::cli
