// lexecon policy diff: what one set would say differently from another, before anybody asks.
#include "service/policy_diff.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "output.hpp"
#include "service/set_choice.hpp"

namespace lexecon::cli {
namespace {

service::SetSide side(const std::string& name, Context& context) {
  return {name,
          service::named_set([&context] { return context.node(); }, name, context.session().now)};
}

/// "denied (not_permitted)"
std::string verdict_text(const Json& said) {
  return shown(said, "outcome") + " (" + shown(said["reasons"][0], "code") + ")";
}

std::string change_text(const Json& change) {
  auto line = shown(change, "direction") + "  " + verdict_text(change["was"]) + " to " +
              verdict_text(change["would_be"]) + "  " + change["request"].dump();
  for (const auto& each : change["approvals"]) {
    line += "  with " + shown(each, "operators") + " " + shown(each, "requirement");
  }
  std::vector<std::string> relations;
  for (const auto* const each : {"was", "would_be"}) {
    for (const auto& relation : change[each]["matched"]) {
      const auto& id = relation.get_ref<const std::string&>();
      if (std::find(relations.begin(), relations.end(), id) == relations.end()) {
        relations.push_back(id);
      }
    }
  }
  if (!relations.empty()) line += "  by " + join(relations, ", ");
  return line + "\n";
}

std::string text_of(const Json& document) {
  std::string out;
  if (document["verdict"] == "equivalent") {
    out = "equivalent: both say the same of every request\n";
  } else if (document["verdict"] == "unknown") {
    out = "no change found; that there is none is not proved\n";
  } else {
    out = shown(document, "laxer") + " changes to a laxer outcome, " + shown(document, "stricter") +
          " to a stricter one, " + shown(document, "other") + " of reasons alone\n";
  }
  for (const auto& change : document["changes"]) out += change_text(change);
  for (const auto& each : document["unproved"]) {
    out += "not proved  " + (each["relation"].is_null() ? "" : shown(each, "relation") + "  ") +
           shown(each, "part") + ": " + shown(each, "why") + "\n";
  }
  if (!document["same_node_file"].get<bool>()) {
    out += "node.yaml differs: limits and what else stands there were not compared\n";
  }
  return out;
}

bool is_no(const Arguments& given, const Json& document) {
  const auto fails_on = given.text("--fail-on");
  const bool is_laxer = document["laxer"] != 0;
  const bool is_changed = document["verdict"] == "changed";
  if (fails_on == "laxer" && is_laxer) return true;
  if (fails_on == "change" && is_changed) return true;
  return given.has("--strict") && !document["unproved"].empty();
}

ExitCode run(const Arguments& given, Context& context) {
  const auto most = given.integer("--limit", 0, 10'000).value_or(20);
  const auto was = side(given.text("OLD").value_or("active"), context);
  const auto now = side(given.text("NEW").value_or("draft"), context);
  const auto document =
      service::policy_diff(was, now, context.session().now, static_cast<std::uint64_t>(most));
  context.answer(document, text_of);
  return is_no(given, document) ? ExitCode::no : ExitCode::yes;
}

}  // namespace

const Command policy_diff{
    .name = "policy diff",
    .summary = "Find requests of which two sets say something else, or prove that there is none",
    .positionals = {{"OLD",
                     "active, draft, a set's hash, or a folder with a node.yaml; active "
                     "unless given",
                     false},
                    {"NEW", "The same; draft unless given", false}},
    .options = {{"--fail-on", "WHAT", "Exit 1 when there is such a change", false, "change|laxer"},
                {"--limit", "N", "How many changes are listed (20)"},
                {"--strict", "", "Exit 1 when a change may have been missed"}},
    .examples = {"lexecon policy diff", "lexecon policy diff --fail-on laxer --strict --json"},
    .run = run,
};

}  // namespace lexecon::cli
