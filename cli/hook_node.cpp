#include "hook_node.hpp"

#include "crypto/identity.hpp"
#include "policy/term.hpp"

namespace lexecon::cli {

std::string installed_option(const Arguments& given, std::string_view name) {
  if (auto value = given.text(name)) return *value;
  throw Error(ErrorCode::usage, "expected " + std::string(name), {},
              "`lexecon hook install` writes it into the hook");
}

bool is_key_of(const crypto::Pin& pin, const service::Node& node) {
  return pin.key == node.keys.in_force().key && (!pin.name || *pin.name == node.origin);
}

/// SECURITY: the node that answers is the one the hook was installed for, not another in its place.
service::Node expected_node(const Arguments& given, Context& context) {
  const auto origin = installed_option(given, "--origin");
  auto node = service::open_node(context.node());
  if (node.origin != origin) {
    throw Error(
        ErrorCode::not_permitted, "expected the log `" + origin + "`, seen `" + node.origin + "`",
        node.files.folder.string(), "install the hook again if the node was meant to change");
  }
  if (const auto key = given.text("--key")) {
    const auto pin = crypto::parse_pin(*key, "--key");
    if (!is_key_of(pin, node)) {
      throw Error(ErrorCode::not_permitted, "the node has another ledger key than the hook names",
                  node.files.folder.string(),
                  node.keys.had(pin.key) ? "the key was rotated: install the hook again" : "");
    }
  }
  return node;
}

std::string hook_actor(const Arguments& given) {
  return policy::request_term(policy::TermType::actor, installed_option(given, "--actor"),
                              "--actor");
}

}  // namespace lexecon::cli
