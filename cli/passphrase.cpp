#include "passphrase.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <memory>

#include "base/error.hpp"
#include "base/files.hpp"
#include "held_signals.hpp"

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
    tcgetattr(STDIN_FILENO, &before_);
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

 private:
  HeldSignals held_{SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGHUP};
  termios before_{};
};

std::string ask(const std::string& prompt, const std::string& otherwise, const char* options) {
  if (isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1) {
    throw Error(ErrorCode::not_permitted, otherwise, {}, options);
  }
  std::cerr << prompt << ": " << std::flush;
  std::string line;
  {
    const SilentTerminal silent;
    std::getline(std::cin, line);
  }
  std::cerr << '\n';
  return first_line(std::move(line));
}

std::string ask_known() {
  return ask("Passphrase of the node's keys", "the key is encrypted and no passphrase was given",
             "--passphrase-file FILE or --passphrase-fd N");
}

std::string ask_new() {
  const auto* const options = "--new-passphrase-file FILE, --new-passphrase-fd N, or --remove";
  const std::string otherwise = "no new passphrase was given";
  auto typed = ask("New passphrase of the node's keys", otherwise, options);
  if (ask("The same again", otherwise, options) == typed) return typed;
  throw Error(ErrorCode::not_permitted, "the two passphrases differ, nothing was changed");
}

// Both keys of a node have one passphrase: it is read once, since a descriptor gives it once.
crypto::Passphrase source(const Arguments& given, const std::string& file_option,
                          const std::string& descriptor_option, std::string (*asks)()) {
  const auto file = given.text(file_option);
  const auto descriptor = given.integer(descriptor_option, 0, 1'048'576);
  if (file && descriptor) {
    throw Error(ErrorCode::usage,
                "expected " + file_option + " or " + descriptor_option + ", seen both");
  }
  return [file, descriptor, asks, known = std::make_shared<std::string>()]() {
    if (!known->empty()) return *known;
    if (file) {
      *known = first_line(read_private_file(*file, max_passphrase_bytes));
    } else if (descriptor) {
      *known = first_line(read_descriptor(static_cast<int>(*descriptor), max_passphrase_bytes,
                                          "passphrase descriptor"));
    } else {
      *known = asks();
    }
    return *known;
  };
}

}  // namespace

crypto::Passphrase passphrase_source(const Arguments& given) {
  return source(given, "--passphrase-file", "--passphrase-fd", ask_known);
}

crypto::Passphrase new_passphrase_source(const Arguments& given) {
  return source(given, "--new-passphrase-file", "--new-passphrase-fd", ask_new);
}

}  // namespace lexecon::cli
