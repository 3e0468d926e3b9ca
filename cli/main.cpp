// lexecon: parse, run one command, turn errors into an exit code.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "clock.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "help.hpp"
#include "invocation.hpp"
#include "ledger/head.hpp"
#include "output.hpp"
#include "parser.hpp"
#include "passphrase.hpp"
#include "service/tenants.hpp"
#include "store/database.hpp"
#include "supervised.hpp"
#include "tool_hook.hpp"

namespace lexecon::cli {
namespace {

/// Descriptors 0 to 2 stay what they are for: the database must never be opened as one of them.
/// What was closed is opened the wrong way round, so that reading or writing it is still an error.
bool keep_standard_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    const int mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (open("/dev/null", mode) != descriptor) return false;
  }
  return true;
}

/// SECURITY: a key that is in memory stays there: no core file holds it, and no other process of this user
/// reads it. Where the system grants neither, the program works all the same.
void keep_memory_to_itself() {
  constexpr rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

/// Memory may end where nothing can be thrown, as in a destructor: that is a failure too, and no answer.
[[noreturn]] void end_without_answer() {
  constexpr std::string_view said = "lexecon: error: not enough memory\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, said.data(), said.size());
  std::_Exit(static_cast<int>(ExitCode::internal));
}

/// Who waits for the end of the program: a host of tools takes every code but two for "go on".
enum class Caller : std::uint8_t { any, tool_host };

bool environment_wants_json() {
  const char* output = std::getenv("LEXECON_OUTPUT");
  const std::string wanted = output == nullptr ? "" : output;
  if (wanted.empty() || wanted == "text") return false;
  if (wanted == "json") return true;
  throw Error(ErrorCode::usage, "expected json or text in LEXECON_OUTPUT, seen `" + wanted + "`");
}

/// SECURITY: read before the command runs, so that a slip in it never costs a decision or a use.
std::optional<std::vector<std::string>> pointer_of(const Command& command, const Arguments& given) {
  const auto pointer = given.text("--pointer");
  if (!pointer) return std::nullopt;
  if (given.text("--format") == "jsonl" || given.has(command.lines_option)) {
    throw Error(ErrorCode::usage, "expected --pointer or one document a line, seen both");
  }
  return pointer_tokens(*pointer);
}

Context context_for(const Command& command, const Arguments& given, bool json) {
  ledger::WriteOptions write{.state_home = ledger::default_state_home(),
                             .accept_clock = given.has("--accept-clock"),
                             .allow_network_filesystem = given.has("--allow-network-fs")};
  const bool own_timeout = std::any_of(command.options.begin(), command.options.end(),
                                       [](const Option& each) { return each.name == "--timeout"; });
  if (!own_timeout) {
    if (const auto patience = given.integer("--timeout", 0, 86'400)) {
      write.patience = std::chrono::seconds(*patience);
    }
  }
  return {{.node = given.text("--node"),
           .json = json,
           .pointer = pointer_of(command, given),
           .discover = command.discovers,
           .acts = command.acts},
          {.now = clock_now(),
           .entropy = system_entropy(),
           .passphrase = passphrase_source(given),
           .write = write}};
}

ExitCode show_help(const Invocation& invocation, bool json) {
  Context context({.node = {}, .json = json, .pointer = {}},
                  {.now = {}, .entropy = system_entropy(), .passphrase = {}, .write = {}});
  if (invocation.command != nullptr) {
    context.answer_bytes(command_table(), command_help(*invocation.command));
  } else {
    context.answer_bytes(command_table(),
                         invocation.group.empty() ? overview() : group_help(invocation.group));
  }
  context.finish();
  return ExitCode::yes;
}

/// Formats of lists and of findings: with one of them the answer has a form of its own.
bool decides_form(std::string_view format) {
  constexpr std::array<std::string_view, 6> forms{"table", "jsonl", "text",
                                                  "sarif", "junit", "github"};
  return std::find(forms.begin(), forms.end(), format) != forms.end();
}

/// What belongs to another tenant is not there, whichever command asks.
void require_tenant(const Command& command, const Arguments& given, Context& context) {
  if (!command.tenant_ids) return;
  const auto tenant = given.text("--tenant");
  const auto node = service::open_node(context.node());
  if (!tenant) {
    if (!service::requires_tenant(node)) return;
    throw Error(ErrorCode::usage, "expected --tenant: the set in force requires one", {},
                "tenants.required in node.yaml; it is a filter, not access control");
  }
  for (const auto name : *command.tenant_ids) {
    for (const auto& id : given.texts(name)) service::require_of_tenant(node, id, *tenant);
  }
}

ExitCode run(const std::vector<std::string>& arguments, bool& json, Caller& caller) {
  const bool json_by_default = environment_wants_json();
  json = json || json_by_default;
  const auto invocation = find_command(arguments);
  if (invocation.wants_help && caller == Caller::tool_host) {
    throw Error(ErrorCode::usage, "expected a tool call to decide, seen --help", {},
                "`lexecon help hook run` shows it");
  }
  if (invocation.wants_help) return show_help(invocation, json);
  if (invocation.command == nullptr) {
    if (!json) std::cerr << overview() << '\n';
    throw Error(ErrorCode::usage, "expected a command", {}, "`lexecon help` lists them");
  }
  const auto given = parse(*invocation.command, invocation.tokens);
  // The name of a host may also be a value of something else.
  if (!is_tool_host(given.text("HOOK").value_or(""))) caller = Caller::any;
  const auto lines_option = invocation.command->lines_option;
  const bool lines = !lines_option.empty() && given.has(lines_option);
  json = json || lines;
  // What was typed wins over the environment.
  const auto format = given.text("--format");
  const bool default_json = json_by_default && !decides_form(format.value_or(""));
  auto context =
      context_for(*invocation.command, given, default_json || lines || given.has("--json"));
  require_tenant(*invocation.command, given, context);
  const auto code = invocation.command->run(given, context);
  context.finish();
  return code;
}

/// SECURITY: a failure of a tool's hook is one line and the one code that keeps the tool from running.
ExitCode report_to_host(const Error& error, bool json) {
  auto text = error_text(error, json);
  for (auto at = text.find('\n'); at + 1 < text.size(); at = text.find('\n')) text[at] = ' ';
  std::cerr << text;
  return tool_blocked;
}

/// SECURITY: whatever goes wrong ends with a failure code; no exception is an answer.
ExitCode guarded(const std::vector<std::string>& arguments, Caller& caller) {
  const auto report = [&caller](const Error& error, bool json) {
    if (caller == Caller::tool_host) return report_to_host(error, json);
    std::cerr << error_text(error, json);
    return exit_code(error.code());
  };
  // Known before anything is parsed, so that errors of parsing have their form too.
  bool json = false;
  for (const auto& each : arguments) {
    if (each == "--") break;
    json = json || each == "--json";
  }
  try {
    return run(arguments, json, caller);
  } catch (const Error& error) {
    return report(error, json);
  } catch (const std::bad_alloc&) {
    return report(Error(ErrorCode::internal, "not enough memory"), json);
  } catch (const std::filesystem::filesystem_error& error) {
    return report(system_error(ErrorCode::io, "use", error.path1(), error.code().value()), json);
  } catch (const std::exception&) {
    return report(Error(ErrorCode::internal, "an error inside the program, nothing was answered",
                        {}, "please report the command that led here"),
                  json);
  }
}

}  // namespace
}  // namespace lexecon::cli

int main(int argc, char** argv) {
  namespace cli = lexecon::cli;
  const std::span<char* const> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  auto caller = cli::calls_tool_hook(words) ? cli::Caller::tool_host : cli::Caller::any;
  std::set_terminate(caller == cli::Caller::tool_host ? cli::end_blocked : cli::end_without_answer);
  std::signal(SIGPIPE, SIG_DFL);
  std::signal(SIGXFSZ, SIG_IGN);  // a file at its limit is an error of the disk, not the end
  if (!cli::keep_standard_descriptors()) {
    return static_cast<int>(caller == cli::Caller::tool_host ? cli::tool_blocked
                                                             : cli::ExitCode::io);
  }
  cli::keep_memory_to_itself();
  lexecon::store::forgo_memory_statistics();
  const std::vector<std::string> arguments(words.begin(), words.end());
  return static_cast<int>(cli::guarded(arguments, caller));
}
