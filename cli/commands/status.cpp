// lexecon status: where the node stands, and what is wrong with it.
#include "service/status.hpp"

#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "operator_text.hpp"
#include "output.hpp"
#include "stop_text.hpp"

namespace lexecon::cli {
namespace {

std::string draft_of(const Json& draft) {
  if (!draft["unreadable"].is_null()) return "cannot be read: " + shown(draft, "unreadable");
  if (!draft["differs"].get<bool>()) return "as active";
  std::string out = "differs from the active set:";
  for (const auto* kind : {"added", "changed", "removed"}) {
    const auto names = draft[kind].get<std::vector<std::string>>();
    if (!names.empty()) out += std::string(" ") + kind + " " + join(names, ", ") + ";";
  }
  out.pop_back();
  return out;
}

std::string text_of(const Json& document) {
  const auto& policy = document["policy"];
  const auto& head = document["head"];
  auto out = facts(
      {{"node", shown(document, "node_id")},
       {"folder", shown(document, "folder")},
       {"log", shown(document, "origin")},
       {"ledger key", shown(document, "ledger_vkey")},
       {"token key", shown(document, "token_kid")},
       {"entries",
        shown(document, "entries") + ", the last at " + shown(document, "last_entry_at")},
       {"head", head.is_null()
                    ? "none"
                    : "size " + shown(head, "tree_size") + ", root " + shown(head, "root_hash")},
       {"policy", policy.is_null() ? "none is active"
                                   : shown(policy, "policy_hash") + ", " + shown(policy, "mode") +
                                         ", since " + shown(policy, "activated_at")},
       {"draft", draft_of(document["draft"])},
       {"escalations", shown(document, "escalations_open") + " open"},
       {"operators", human_authority(document)}});
  for (const auto& stop : document["stops"]) {
    out += "stopped: " + stopped_text(stop) + ", by " + shown(stop, "stop_id") + " of " +
           shown(stop, "actor") + " since " + shown(stop, "timestamp") + "\n";
  }
  for (const auto& problem : document["problems"]) {
    out += "problem: " + shown(problem, "message") + "\n";
  }
  return out;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto node = service::open_node(context.node());
  const auto status = service::status(node, context.session().write.state_home);
  context.answer(service::to_json(status), text_of);
  return given.has("--check") && !status.problems.empty() ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command status{
    .name = "status",
    .summary = "Show where the node stands",
    .options = {{"--check", "", "Exit 1 when something is wrong with it"}},
    .examples = {"lexecon status", "lexecon status --check"},
    .run = run,
};

}  // namespace lexecon::cli
