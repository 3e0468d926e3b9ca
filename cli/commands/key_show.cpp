// lexecon key show: the public keys of the node, in the forms that others pin.
#include "base/error.hpp"
#include "commands.hpp"
#include "context.hpp"
#include "crypto/identity.hpp"
#include "crypto/key_file.hpp"
#include "output.hpp"
#include "registry/keys.hpp"
#include "service/cosign.hpp"
#include "service/node.hpp"

namespace lexecon::cli {
namespace {

/// The ledger's key from the genesis entry and its rotations, the token key from the log that announced it, that of the
/// witness from what it signed last: never from a file that somebody may have put in their place.
crypto::Identity key_of(const service::Node& node, const std::string& purpose) {
  if (purpose == "ledger") return {node.origin, node.keys.in_force().key};
  auto database = service::open_ledger(node);
  if (purpose == "witness") {
    const auto head = service::last_cosigned(database, std::nullopt);
    if (head) return head->witness;
    throw Error(ErrorCode::not_found, "this node never cosigned a checkpoint", {},
                "lexecon ledger checkpoint --cosign makes the key");
  }
  const auto keys = registry::token_keys(database);
  if (keys.empty()) throw Error(ErrorCode::not_found, "no token key is in force");
  return {node.origin, keys.back().key};
}

std::string text_in(const std::string& form, const crypto::Identity& identity,
                    const std::string& purpose) {
  const auto comment = "lexecon " + purpose + " key";
  if (form == "pem") return crypto::public_pem(identity.key);
  if (form == "minisign") return crypto::minisign_public_key(identity.key, comment);
  if (form == "ssh") return crypto::ssh_public_key(identity.key, comment);
  return crypto::vkey(identity,
                      purpose == "witness" ? crypto::KeyType::witness : crypto::KeyType::log);
}

std::string with_line_end(std::string text) {
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

std::string text_of(const Json& document) { return document["text"].get<std::string>(); }

ExitCode run(const Arguments& given, Context& context) {
  const auto purpose = given.text("KEY").value_or("ledger");
  const auto form = given.text("--format").value_or("vkey");
  const auto node = service::open_node(context.node());
  const auto identity = key_of(node, purpose);
  context.answer({{"schema", "lexecon.key/1"},
                  {"purpose", purpose},
                  {"origin", node.origin},
                  {"kid", identity.key.kid()},
                  {"format", form},
                  {"text", with_line_end(text_in(form, identity, purpose))}},
                 text_of);
  return ExitCode::yes;
}

}  // namespace

const Command key_show{
    .name = "key show",
    .summary = "Print a public key of the node",
    .positionals = {{"KEY", "ledger unless given", false, "ledger|token|witness"}},
    .options = {{"--format", "FORM", "vkey unless given", false, "vkey|pem|minisign|ssh"}},
    .examples = {"lexecon key show", "lexecon key show token --format pem"},
    .run = run,
};

}  // namespace lexecon::cli
