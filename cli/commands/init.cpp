// lexecon init: make a node.
#include "service/init.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "operator_text.hpp"
#include "output.hpp"
#include "service/draft.hpp"
#include "service/templates.hpp"

namespace lexecon::cli {
namespace {

namespace fs = std::filesystem;

Path folder_from(const Arguments& given, const Context& context) {
  const auto typed = given.text("DIR");
  if (typed && given.has("--node")) {
    throw Error(ErrorCode::usage, "expected DIR or --node, seen both");
  }
  const auto named = context.named_node();
  if (!typed && named) return *named;
  const auto folder = fs::absolute(typed.value_or(".lexecon")).lexically_normal();
  return folder.has_filename() ? folder : folder.parent_path();  // "node/" names the same folder
}

/// With the files of a template: its name, or the path of a folder, which has a slash.
service::InitOptions from_template(const std::string& typed, service::InitOptions options) {
  if (typed.find('/') == std::string::npos) {
    options.files = service::template_files(typed);
    options.tests = service::template_tests(typed);
  } else {
    options.files = service::read_draft({fs::absolute(typed)});
    options.tests = service::read_tests({fs::absolute(typed)});
  }
  return options;
}

std::optional<service::NewOperator> operator_from(const Arguments& given, Context& context) {
  const auto name = given.text("--operator");
  const auto file = given.text("--ssh-key");
  if (!name && !file) return std::nullopt;
  if (!name || !file) {
    throw Error(ErrorCode::usage, "expected --operator and --ssh-key, seen one of them", {},
                "--operator NAME --ssh-key FILE.pub");
  }
  return service::NewOperator{.id = *name,
                              .public_key = public_key_from(*file, context),
                              .role = authority::Role::admin,
                              .actors = {}};
}

std::string text_of(const Json& made) {
  return facts({{"node", shown(made, "node_id")},
                {"folder", shown(made, "folder")},
                {"log", shown(made, "origin")},
                {"policy", shown(made, "policy_hash")},
                {"operator",
                 made["operator"].is_null() ? "" : shown(made, "operator") + ", admin"}}) +
         "give this line to your auditor now:\n" + shown(made, "ledger_vkey") + "\n";
}

void require_parent(const Path& folder) {
  const auto parent = folder.parent_path();
  std::error_code gone;
  if (fs::is_directory(parent, gone)) return;
  throw Error(ErrorCode::cannot_create, "the folder that the node would stand in is not there",
              parent.string(), "mkdir -p " + shell_quote(parent.string()));
}

ExitCode run(const Arguments& given, Context& context) {
  const auto id = given.text("--id");
  if (!id) {
    throw Error(ErrorCode::usage, "expected --id NAME, the label of the node", {},
                "lexecon init --id build-1");
  }
  const auto folder = folder_from(given, context);
  require_parent(folder);
  const auto made = service::init(from_template(given.text("--template").value_or("minimal"),
                                                {.folder = folder,
                                                 .id = *id,
                                                 .origin = given.text("--origin"),
                                                 .files = {},
                                                 .first_operator = operator_from(given, context)}),
                                  context.session());
  context.answer(service::to_json(made), text_of);
  return ExitCode::yes;
}

}  // namespace

const Command init{
    .name = "init",
    .summary = "Make a node: keys, policies, and a ledger with its first entries",
    .positionals = {{"DIR", "Where; .lexecon unless given", false}},
    .options = {{"--id", "NAME", "The label of the node"},
                {"--origin", "NAME", "The name of its log; made from its key unless given"},
                {"--template", "NAME", "A pack of policies by its name, or the path of a folder"},
                {"--operator", "NAME", "The first person who may sign, an admin"},
                {"--ssh-key", "FILE.pub", "The SSH public key of that person"}},
    .examples = {"lexecon init --id build-1",
                 "lexecon init node --id build-1 --template enterprise",
                 "lexecon init node --id build-1 --operator alice --ssh-key ~/.ssh/id_ed25519.pub"},
    .run = run,
    .discovers = false,
    .acts = true,
};

}  // namespace lexecon::cli
