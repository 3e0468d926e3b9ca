// lexecon operator add: a person who may sign, by an SSH key, in a role.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "operator_text.hpp"
#include "output.hpp"
#include "policy/term.hpp"
#include "service/operators.hpp"
#include "signing.hpp"

namespace lexecon::cli {
namespace {

authority::Role role_from(const Arguments& given) {
  const auto text = given.text("--role");
  if (!text) {
    throw Error(ErrorCode::usage, "expected --role ROLE", {},
                "viewer, auditor, compliance_officer or admin; the first one is an admin");
  }
  return *authority::role_from(*text);  // the parser knows the choices
}

service::NewOperator operator_from(const Arguments& given, Context& context) {
  const auto key = given.text("--key");
  if (!key) {
    throw Error(ErrorCode::usage, "expected --key FILE.pub, the operator's SSH public key", {},
                "ssh-keygen -t ed25519 makes a pair of keys");
  }
  service::NewOperator added{.id = given.text("NAME").value_or(""),
                             .public_key = public_key_from(*key, context),
                             .role = role_from(given),
                             .actors = {}};
  for (const auto& actor : given.texts("--actor")) {
    added.actors.push_back(policy::request_term(policy::TermType::actor, actor, "--actor"));
  }
  return added;
}

ExitCode run(const Arguments& given, Context& context) {
  const auto added = operator_from(given, context);
  const auto signer = signatory(given);
  const auto node = service::open_node(context.node());
  const auto appended = service::add_operator(node, added, signer, context.session());
  context.answer(service::operator_change(appended), operator_change_text);
  return ExitCode::yes;
}

}  // namespace

const Command operator_add{
    .name = "operator add",
    .summary = "Add a person who may sign: an SSH key, a role, the actors they speak for",
    .positionals = {{"NAME", "Theirs alone for ever: lower-case letters, digits and ._-"}},
    .options = with_signing(
        {{"--key", "FILE.pub", "Their SSH public key: ssh-ed25519, or that of a FIDO2 token"},
         {"--role", "ROLE", "What they may do; the first operator is an admin", false,
          "viewer|auditor|compliance_officer|admin"},
         {"--actor", "ID", "An actor they speak for, whose requests they cannot approve", true}}),
    .examples = {"lexecon operator add alice --role admin --key alice.pub",
                 "lexecon operator add bob --role compliance_officer --key bob.pub --actor "
                 "human_user:bob --as alice --sign-with alice"},
    .run = run,
    .acts = true,
};

}  // namespace lexecon::cli
