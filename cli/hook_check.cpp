#include "hook_check.hpp"

#include <unistd.h>

#include <array>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/identity.hpp"
#include "git.hpp"
#include "hook_file.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

using service::Finding;
using service::Health;

constexpr std::array hooks{"pre-push", "pre-receive"};

std::optional<Repository> repository_here() {
  try {
    return find_repository(".");
  } catch (const Error&) {
    return std::nullopt;  // no git, or no repository
  }
}

/// The vkey that a hook of this node has to name; nothing when its ledger tells none.
std::optional<std::string> key_of(const Path& node) {
  try {
    return crypto::vkey(service::ledger_identity(service::open_node(node)));
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// What keeps our hook from doing what it was installed for.
std::optional<std::pair<Health, std::string>> fault_of(const HookCall& call, const Path& script,
                                                       const Path& node) {
  if (::access(script.c_str(), X_OK) != 0) {
    return {{Health::fail, "is not executable, so git leaves it out"}};
  }
  if (::access(call.program.c_str(), X_OK) != 0) {
    return {{Health::fail, "calls " + call.program + ", which cannot be executed"}};
  }
  std::error_code failed;
  if (!std::filesystem::equivalent(call.node, node, failed)) {
    return {{Health::warn, "asks another node: " + call.node}};
  }
  const auto key = key_of(node);
  if (key && call.key != *key) {
    return {{Health::fail, "names another key than this node has, and refuses every push"}};
  }
  return std::nullopt;
}

}  // namespace

Finding look_at_hooks(const Path& node) {
  const auto repository = repository_here();
  if (!repository) return {"hooks", Health::ok, "no git repository here", {}};
  std::string installed;
  for (const std::string hook : hooks) {
    const auto script = repository->hooks_folder / hook;
    const auto call = call_of(script, hook);
    if (!call) continue;
    if (const auto fault = fault_of(*call, script, node)) {
      return {"hooks", fault->first, script.string() + " " + fault->second,
              "lexecon hook uninstall " + hook + " --repo " +
                  shell_quote(std::filesystem::current_path().string())};
    }
    installed += (installed.empty() ? "" : " and ") + hook;
  }
  return {"hooks",
          Health::ok,
          (installed.empty() ? "none" : installed) + " installed in " + repository->name,
          {}};
}

}  // namespace lexecon::cli
