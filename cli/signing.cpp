#include "signing.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "child.hpp"
#include "crypto/sshsig.hpp"
#include "held_signals.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "output.hpp"
#include "spool.hpp"

namespace lexecon::cli {
namespace {

constexpr std::chrono::minutes patience{2};
constexpr std::string_view agent = "agent";

/// Where the agent is, and what a window that asks for a passphrase or a touch needs.
constexpr std::array<std::string_view, 9> passed_on{"HOME",         "TERM",
                                                    "DISPLAY",      "WAYLAND_DISPLAY",
                                                    "XAUTHORITY",   "XDG_RUNTIME_DIR",
                                                    "SSH_ASKPASS",  "SSH_ASKPASS_REQUIRE",
                                                    "SSH_AUTH_SOCK"};

/// A folder that only we may enter, removed with what is in it.
class Workplace {
 public:
  Workplace() {
    auto name = (temporary_folder() / "lexecon-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw system_error(ErrorCode::cannot_create, "make", name, errno);
    }
    path_ = name;
  }
  ~Workplace() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  [[nodiscard]] Path operator/(const char* name) const { return path_ / name; }

 private:
  // An interruption waits until the folder is gone; ssh-keygen itself ends at once.
  HeldSignals held_{SIGINT, SIGTERM, SIGQUIT, SIGHUP};
  Path path_;
};

Path require_ssh_keygen() {
  if (auto program = find_program("ssh-keygen")) return *program;
  throw Error(ErrorCode::not_permitted, "ssh-keygen is not installed, so nobody can sign", {},
              "OpenSSH's client has it; expected in /usr/local/bin, /usr/bin or /bin");
}

/// SECURITY: a person sees what is signed before anything can be signed.
void show(const std::string& operator_id, const std::string& source, std::string_view message) {
  auto block = "lexecon: " + printable(operator_id) + " signs with " + printable(source) + ":\n";
  for (const auto& line :
       split(json_text(json::parse(message, "what is to be signed"), true), '\n')) {
    if (!line.empty()) block += "  " + line + "\n";
  }
  std::cerr << block << std::flush;
}

[[noreturn]] void not_signed(const std::string& source, bool in_time) {
  const auto why = in_time ? "ssh-keygen did not sign with "
                           : "ssh-keygen was ended, or took longer than two minutes, with ";
  throw Error(ErrorCode::not_permitted, why + ("`" + source + "`"), {},
              source == agent ? "ssh-add -L lists the keys that the agent holds"
                              : "the lines above are its reasons");
}

std::string signature(const std::string& source, std::string_view message,
                      const std::string& public_key) {
  const auto program = require_ssh_keygen();
  const Workplace workplace;
  const auto statement = workplace / "statement";
  write_new_file(statement, message, Access::private_to_owner);
  std::vector<std::string> arguments{
      "-q", "-Y", "sign", "-n", std::string(crypto::sshsig_namespace), "-f"};
  if (source == agent) {
    const auto key = workplace / "key.pub";
    write_new_file(key, public_key + "\n", Access::private_to_owner);
    arguments.insert(arguments.end(), {key.string(), "-U"});
  } else {
    arguments.push_back(source);
  }
  // Not on its standard input: from there it takes the passphrase of the key.
  arguments.push_back(statement.string());
  auto environment = environment_of(passed_on);
  environment.emplace_back("PATH=/usr/local/bin:/usr/bin:/bin");
  const auto ended = run_child({program, arguments, environment, true}, patience);
  if (ended.exit_status != 0) not_signed(source, ended.exit_status.has_value());
  return read_file(workplace / "statement.sig", crypto::max_sshsig_bytes);
}

}  // namespace

std::vector<Option> with_signing(std::vector<Option> own) {
  const std::initializer_list<Option> rows{
      {"--as", "NAME", "The operator who signs this act"},
      {"--sign-with", "FILE|agent", "Their SSH key: its file, or the agent that holds it"},
  };
  own.insert(own.end(), rows);
  return own;
}

std::optional<service::Signatory> signatory(const Arguments& given) {
  const auto name = given.text("--as");
  const auto source = given.text("--sign-with");
  if (!name && !source) return std::nullopt;
  if (!name || !source) {
    throw Error(ErrorCode::usage, "expected --as and --sign-with, seen one of them", {},
                "--as NAME --sign-with FILE, or --sign-with agent");
  }
  std::error_code ignored;
  if (*source != agent && !std::filesystem::exists(*source, ignored)) {
    throw Error(ErrorCode::not_found, "expected the file of an SSH key, or `agent`", *source);
  }
  return service::Signatory{*name, [name = *name, source = *source](std::string_view message,
                                                                    const std::string& public_key) {
                              show(name, source, message);
                              return signature(source, message, public_key);
                            }};
}

}  // namespace lexecon::cli
