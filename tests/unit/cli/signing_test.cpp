#include "signing.hpp"

#include <doctest/doctest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/sshsig.hpp"
#include "support/shell.hpp"
#include "support/support.hpp"

using namespace lexecon;
using test::run;
using test::slurp;
using test::word;

namespace {

constexpr std::string_view message = R"({"a":"one\u001b[2J","b":{"c":2}})";

cli::Arguments typed(const std::string& name, const std::string& source) {
  std::map<std::string, std::vector<std::string>, std::less<>> given;
  if (!name.empty()) given["--as"] = {name};
  if (!source.empty()) given["--sign-with"] = {source};
  return cli::Arguments(given);
}

ErrorCode refusal(const std::string& name, const std::string& source) {
  try {
    static_cast<void>(cli::signatory(typed(name, source)));
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

/// While it lives, a variable of the environment; temporary folders are made in `TMPDIR`.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  ~Variable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

/// While it lives, what is said on standard error.
class Heard {
 public:
  Heard() : before_(std::cerr.rdbuf(said_.rdbuf())) {}
  ~Heard() { std::cerr.rdbuf(before_); }
  Heard(const Heard&) = delete;
  Heard& operator=(const Heard&) = delete;
  [[nodiscard]] std::string text() const { return said_.str(); }

 private:
  std::ostringstream said_;
  std::streambuf* before_;
};

/// An agent of ssh's that ends with its test.
class Agent {
 public:
  explicit Agent(const Path& socket)
      : socket_(socket), started_(run("ssh-agent -a " + word(socket))) {
    const std::string name = "SSH_AGENT_PID=";
    const auto at = started_.output.find(name) + name.size();
    pid_ = started_.output.substr(at, started_.output.find(';', at) - at);
  }
  ~Agent() { static_cast<void>(run("kill " + pid_)); }
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;
  [[nodiscard]] bool add(const Path& key) const {
    return run("SSH_AUTH_SOCK=" + word(socket_) + " ssh-add -q " + word(key)).status == 0;
  }

 private:
  Path socket_;
  test::Ran started_;
  std::string pid_;
};

/// A fresh key, and a place for temporary folders that has to be empty again.
struct Desk {
  test::TempFolder folder;
  Path key = folder / "key";
  Variable place{"TMPDIR", make_place(folder / "tmp")};

  Desk() {
    const auto made = run("ssh-keygen -q -t ed25519 -N '' -C 'some one' -f " + word(key));
    if (made.status != 0) throw std::runtime_error(made.output);
  }
  [[nodiscard]] crypto::SshSigner signer() const {
    return crypto::parse_ssh_signer_file(slurp(folder / "key.pub"));
  }
  [[nodiscard]] bool is_tidy() const { return std::filesystem::is_empty(folder / "tmp"); }
  static std::string make_place(const Path& path) {
    make_folder(path, Access::private_to_owner);
    return path.string();
  }
};

std::string signed_with(const std::string& source, const Desk& desk) {
  const auto who = cli::signatory(typed("ada", source)).value();
  CHECK(who.operator_id == "ada");
  return who.sign(message, desk.signer().text());
}

ErrorCode failure_with(const std::string& source, const Desk& desk) {
  try {
    static_cast<void>(signed_with(source, desk));
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

/// Signs into desk.folder/"signature" at a terminal of its own, on which `answer` answers what is asked
/// for; gives how that process ended.
int ended_at_terminal(const Desk& desk, const std::string& answer) {
  int terminal = -1;
  const auto child = forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    try {
      write_new_file(desk.folder / "signature", signed_with(desk.key.string(), desk),
                     Access::private_to_owner);
      _exit(0);
    } catch (...) {
      _exit(77);
    }
  }
  const Descriptor open(terminal);
  std::string shown;
  char byte = 0;
  while (read(terminal, &byte, 1) == 1) {
    shown += byte;
    if (shown.find("Enter passphrase") == std::string::npos || !shown.ends_with(": ")) continue;
    write_all(terminal, answer, "terminal");
    shown.clear();
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace

TEST_SUITE("cli/signing") {
  TEST_CASE("both options or none, and a file that is there") {
    CHECK_FALSE(cli::signatory(typed("", "")));
    CHECK(refusal("ada", "") == ErrorCode::usage);
    CHECK(refusal("", "agent") == ErrorCode::usage);
    CHECK(refusal("ada", "/not/there") == ErrorCode::not_found);
    CHECK(cli::signatory(typed("ada", "agent")));
    CHECK(cli::with_signing({{"--own", "", "x"}}).size() == 3);
  }

  TEST_CASE("a key in a file signs, after what it signs was shown") {
    if (!test::has_program("ssh-keygen")) return;
    const Desk desk;
    const Heard heard;
    const auto armored = signed_with(desk.key.string(), desk);
    CHECK_FALSE(crypto::sshsig_fault(armored, message, desk.signer()));
    CHECK(desk.is_tidy());
    CHECK(heard.text() == "lexecon: ada signs with " + desk.key.string() +
                              ":\n"
                              "  {\n"
                              "    \"a\": \"one\\u001b[2J\",\n"
                              "    \"b\": {\n"
                              "      \"c\": 2\n"
                              "    }\n"
                              "  }\n");
  }

  TEST_CASE("an agent signs with the key on record, and with no other") {
    if (!test::has_program("ssh-agent")) return;
    const Desk desk;
    const Heard heard;
    const Agent agent(desk.folder / "socket");
    const Variable socket("SSH_AUTH_SOCK", (desk.folder / "socket").string());
    CHECK(failure_with("agent", desk) == ErrorCode::not_permitted);
    REQUIRE(agent.add(desk.key));
    // The agent alone has the secret key now.
    std::filesystem::remove(desk.key);
    CHECK_FALSE(crypto::sshsig_fault(signed_with("agent", desk), message, desk.signer()));
    CHECK(desk.is_tidy());
    const Desk another;
    CHECK(failure_with("agent", another) == ErrorCode::not_permitted);
    CHECK(another.is_tidy());
  }

  TEST_CASE("without a key that can be used nothing is signed, and nothing is left behind") {
    if (!test::has_program("ssh-keygen")) return;
    const Desk desk;
    const Heard heard;
    const auto other = desk.folder / "other";
    write_new_file(other, "not a key\n", Access::private_to_owner);
    CHECK(failure_with(other.string(), desk) == ErrorCode::not_permitted);
    CHECK(failure_with(desk.folder.path().string(), desk) == ErrorCode::not_permitted);
    std::filesystem::permissions(desk.key, std::filesystem::perms(0644));
    CHECK(failure_with(desk.key.string(), desk) == ErrorCode::not_permitted);
    const Variable socket("SSH_AUTH_SOCK", (desk.folder / "no_socket").string());
    CHECK(failure_with("agent", desk) == ErrorCode::not_permitted);
    CHECK(desk.is_tidy());
  }

  TEST_CASE(
      "the passphrase of a key is asked for on the terminal; an interruption leaves nothing") {
    if (!test::has_program("ssh-keygen")) return;
    const Desk desk;
    REQUIRE(run("ssh-keygen -q -p -P '' -N 'open sesame' -f " + word(desk.key)).status == 0);
    // Should the signal come before ssh-keygen reads, the empty line lets it see that it came.
    const auto interrupted = ended_at_terminal(desk, "\x03\n");
    CHECK(WIFSIGNALED(interrupted));
    CHECK(WTERMSIG(interrupted) == SIGINT);
    CHECK(desk.is_tidy());
    CHECK(WEXITSTATUS(ended_at_terminal(desk, "something else\n")) == 77);
    CHECK(WEXITSTATUS(ended_at_terminal(desk, "open sesame\n")) == 0);
    CHECK_FALSE(crypto::sshsig_fault(slurp(desk.folder / "signature"), message, desk.signer()));
    CHECK(desk.is_tidy());
  }
}
