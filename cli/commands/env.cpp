// lexecon env: what the environment does to this program.
#include <array>
#include <cstdlib>

#include "commands.hpp"
#include "context.hpp"
#include "ledger/head.hpp"
#include "node_folder.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

/// What a value does; the empty one is given when the variable is not set.
using Effect = std::string (*)(const std::string& value);

struct Variable {
  std::string_view name;
  Effect effect;
  std::string_view page;
};

std::string node_effect(const std::string&) {
  const auto node = named_node(std::nullopt);
  return node ? "the node is " + node->string() : "the nearest .lexecon/ is the node";
}

/// Another value is a usage error of every command, of this one too.
std::string output_effect(const std::string& value) {
  return value == "json" ? "answers are JSON, as with --json" : "answers are text for people";
}

std::string clock_effect(const std::string& value) {
#ifdef LEXECON_TEST_CLOCK
  return value.empty() ? "the clock is the system's" : "the clock stands at " + value;
#else
  return value.empty() ? "none" : "none: this build reads the clock of the system";
#endif
}

std::string state_effect(const std::string&) {
  const auto home = ledger::default_state_home();
  return home.empty() ? "no second copy of the head is kept"
                      : "the second copy of the head is kept in " + home.string();
}

std::string trace_effect(const std::string& value) {
  return value.empty() ? "none"
                       : "its trace id is that of a request without one, if it has the form";
}

std::string terminal_effect(const std::string& value) {
  return value == "dumb" ? "no progress is shown" : "progress may be shown on a terminal";
}

std::string plain_effect(const std::string& value) {
  return value.empty() ? "none" : "no progress is shown";
}

std::string git_effect(const std::string& value) {
  return value.empty() ? "none" : "git is given it when a hook asks about a push";
}

std::string signing_effect(const std::string& value) {
  return value.empty() ? "none" : "ssh-keygen is given it when an operator signs";
}

std::string epoch_effect(const std::string& value) {
  return value.empty() ? "none" : "packages say that they were made at that second";
}

constexpr std::array variables{
    Variable{"LEXECON_NODE", node_effect, "lexecon(1)"},
    Variable{"LEXECON_OUTPUT", output_effect, "lexecon(1)"},
    Variable{"LEXECON_NOW", clock_effect, "lexecon(1)"},
    Variable{"XDG_STATE_HOME", state_effect, "lexecon-ledger(5)"},
    Variable{"HOME", state_effect, "lexecon-ledger(5)"},
    Variable{"SOURCE_DATE_EPOCH", epoch_effect, "lexecon-export(1)"},
    Variable{"TRACEPARENT", trace_effect, "lexecon-decide(1)"},
    Variable{"TERM", terminal_effect, "lexecon(1)"},
    Variable{"NO_COLOR", plain_effect, "lexecon(1)"},
    Variable{"XDG_CONFIG_HOME", git_effect, "lexecon-hook-run(1)"},
    Variable{"GIT_DIR", git_effect, "lexecon-hook-run(1)"},
    Variable{"GIT_COMMON_DIR", git_effect, "lexecon-hook-run(1)"},
    Variable{"GIT_OBJECT_DIRECTORY", git_effect, "lexecon-hook-run(1)"},
    Variable{"GIT_ALTERNATE_OBJECT_DIRECTORIES", git_effect, "lexecon-hook-run(1)"},
    Variable{"GIT_QUARANTINE_PATH", git_effect, "lexecon-hook-run(1)"},
    Variable{"GIT_CEILING_DIRECTORIES", git_effect, "lexecon-hook-run(1)"},
    Variable{"SSH_AUTH_SOCK", signing_effect, "lexecon(1)"},
    Variable{"SSH_ASKPASS", signing_effect, "lexecon(1)"},
    Variable{"SSH_ASKPASS_REQUIRE", signing_effect, "lexecon(1)"},
    Variable{"DISPLAY", signing_effect, "lexecon(1)"},
    Variable{"WAYLAND_DISPLAY", signing_effect, "lexecon(1)"},
    Variable{"XAUTHORITY", signing_effect, "lexecon(1)"},
    Variable{"XDG_RUNTIME_DIR", signing_effect, "lexecon(1)"},
};

std::string text_of(const Json& document) {
  std::vector<std::vector<std::string>> rows{{"VARIABLE", "VALUE", "EFFECT", "SEE"}};
  for (const auto& each : document["variables"]) {
    rows.push_back({shown(each, "name"), shown(each, "value"), shown(each, "effect"),
                    shown(each, "documented_in")});
  }
  return table(rows);
}

ExitCode run(const Arguments&, Context& context) {
  auto list = Json::array();
  for (const auto& each : variables) {
    const char* value = std::getenv(std::string(each.name).c_str());
    list.push_back({{"name", each.name},
                    {"value", value == nullptr ? Json() : Json(value)},
                    {"effect", each.effect(value == nullptr ? "" : value)},
                    {"documented_in", each.page}});
  }
  context.answer({{"schema", "lexecon.env/1"}, {"variables", std::move(list)}}, text_of);
  return ExitCode::yes;
}

}  // namespace

const Command env{
    .name = "env",
    .summary = "Show each environment variable that is read, and what its value does",
    .examples = {"lexecon env", "lexecon env --json | jq -r '.variables[0].effect'"},
    .run = run,
    .discovers = false,
};

}  // namespace lexecon::cli
