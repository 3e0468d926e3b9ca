#include "service/node.hpp"

#include <sys/stat.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "json/reader.hpp"
#include "ledger/reader.hpp"
#include "store/schema.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

bool stands(const Path& path) {
  std::error_code error;
  const auto status = fs::symlink_status(path, error);
  return fs::exists(status);
}

/// A clone has what may be tracked; the ledger and the private keys never are.
[[noreturn]] void refuse(const ledger::NodeFiles& files) {
  const auto where = files.folder.string();
  if (!stands(files.node_yaml())) {
    throw Error(ErrorCode::not_found, "expected a node directory, found none", where,
                "run lexecon init");
  }
  if (stands(files.ledger_key()) || stands(files.token_key())) {
    throw Error(ErrorCode::integrity, "the node has private keys but its `ledger.db` is gone",
                where, "restore ledger.db from a backup");
  }
  throw Error(
      ErrorCode::configuration,
      "this folder is a template: it has neither a ledger nor private keys", where,
      "use a node on a persistent disk (--node DIR); a later version adds lexecon init --from " +
          shell_quote(where) + " for one job with its export kept, and lexecon gate --receipt");
}

// SECURITY: a key that others can read is no longer the node's alone
void require_private(const Path& key) {
  struct stat status {};
  if (::lstat(key.c_str(), &status) != 0) return;
  if (S_ISLNK(status.st_mode)) {
    throw Error(ErrorCode::not_permitted, "expected a private key, found a symbolic link",
                key.string(), "put the file itself there");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Error(ErrorCode::not_permitted, "expected a private key that only its owner can read",
                key.string(), "run chmod 600 " + shell_quote(key.string()));
  }
}

}  // namespace

ledger::NodeFiles find_node(const Path& folder) {
  ledger::NodeFiles files{folder};
  if (!stands(files.database())) refuse(files);
  require_private(files.ledger_key());
  require_private(files.token_key());
  require_private(files.witness_key());
  return files;
}

Node open_node(const Path& folder) {
  Node node{.files = find_node(folder), .id = {}, .origin = {}, .keys = {}};
  auto database = open_ledger(node);
  store::check_schema(database);
  const auto genesis = ledger::read_entry(database, 0);
  if (!genesis || genesis->entry.event_type != "genesis") {
    throw Error(ErrorCode::integrity, "the ledger does not begin with a genesis entry",
                node.files.database().string(), "run lexecon ledger verify");
  }
  json::Reader data(genesis->entry.data);
  node.id = data.text("node_id");
  node.origin = genesis->entry.origin;
  const auto identity = crypto::parse_vkey(data.text("ledger_vkey"), "genesis");
  if (identity.name != node.origin) {
    throw Error(ErrorCode::integrity, "the genesis key has another name than its log", "genesis");
  }
  node.keys = ledger::read_log_keys(database, identity);
  return node;
}

std::string node_actor(const Node& node) { return "node:" + node.id; }

crypto::Identity ledger_identity(const Node& node) { return node.keys.in_force(); }

crypto::SecretKey load_key(const Path& path, const crypto::Passphrase& passphrase) {
  if (!stands(path)) {
    throw Error(ErrorCode::configuration,
                "the private key `" + path.filename().string() +
                    "` is not here: this node can be read, not written",
                path.string(), "use the node that made this ledger");
  }
  return crypto::load_secret_key(path, passphrase);
}

crypto::SecretKey load_token_key(const Node& node, const crypto::Passphrase& passphrase) {
  return load_key(node.files.token_key(), passphrase);
}

store::Database open_ledger(const Node& node) {
  return {node.files.database(), store::OpenMode::read_only};
}

}  // namespace lexecon::service
