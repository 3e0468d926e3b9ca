#include "service/init.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"
#include "crypto/identity.hpp"
#include "crypto/key_file.hpp"
#include "json/json.hpp"
#include "service/activate.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ignored =
    "# The ledger and the private keys never leave this folder; these may be tracked.\n"
    "*\n"
    "!.gitignore\n"
    "!node.yaml\n"
    "!risk.yaml\n"
    "!policies/\n"
    "!policies/**\n"
    "!keys/\n"
    "!keys/*.pub\n";
// Sets are hashed as the bytes they are.
constexpr std::string_view attributes = "* -text\n";

void check_names(const InitOptions& options) {
  if (!is_node_id(options.id)) {
    throw Error(ErrorCode::bad_input,
                "expected a node id of 1 to 64 of `a-z0-9._-`, got `" + options.id + "`", "--id");
  }
  if (!options.origin) return;
  if (!is_origin(*options.origin)) {
    throw Error(ErrorCode::bad_input,
                "expected a log name of 1 to 200 of `a-z0-9._/-`, got `" + *options.origin + "`",
                "--origin");
  }
  if (options.origin->starts_with(chain::derived_origin_prefix)) {
    throw Error(ErrorCode::bad_input,
                "the prefix `lexecon.internal/log/` is kept for names made from a key", "--origin",
                "leave --origin out to get such a name");
  }
}

void require_free(const Path& folder) {
  std::error_code error;
  const auto status = fs::symlink_status(folder, error);
  if (!fs::exists(status)) return;
  if (fs::is_directory(status) && fs::is_empty(folder, error) && !error) return;
  throw Error(ErrorCode::cannot_create,
              "something stands here already, and init overwrites nothing", folder.string(),
              "choose another folder, or remove this one");
}

/// The line `id: …` of a template, or a new first line; in braces a new first member.
std::string with_id(const std::string& bytes, const std::string& id) {
  std::size_t start = bytes.find_first_not_of(" \t\r\n");
  if (start != std::string::npos && bytes[start] == '{') {
    return bytes.substr(0, start + 1) + "\"id\": \"" + id + "\", " + bytes.substr(start + 1);
  }
  start = 0;
  while (start < bytes.size()) {
    const auto end = std::min(bytes.find('\n', start), bytes.size());
    if (bytes.compare(start, 3, "id:") == 0) {
      return bytes.substr(0, start) + "id: \"" + id + "\"" + bytes.substr(end);
    }
    start = end + 1;
  }
  return "id: \"" + id + "\"\n" + bytes;
}

std::vector<decision::SetFile> set_of(const InitOptions& options) {
  auto files = options.files;
  for (auto& file : files) {
    if (file.name == "node.yaml") file.bytes = with_id(file.bytes, options.id);
  }
  const auto loaded = decision::load_set(files);
  if (loaded.node.id != options.id) {
    throw Error(ErrorCode::bad_input, "cannot put the id into this template's node.yaml",
                "node.yaml", "write `id: NAME` on a line of its own");
  }
  return files;
}

/// The folder while it is made: beside its place, and gone again unless it was put there.
class Scaffold {
 public:
  Scaffold(const Path& target, Entropy& entropy)
      : target_(target),
        folder_(target.parent_path() /
                ("." + target.filename().string() + ".init-" + to_hex(entropy.bytes(8)))) {
    make_folder(folder_, Access::private_to_owner);
  }
  ~Scaffold() {
    std::error_code ignored_error;
    if (!placed_) fs::remove_all(folder_, ignored_error);
  }
  Scaffold(const Scaffold&) = delete;
  Scaffold& operator=(const Scaffold&) = delete;

  [[nodiscard]] const Path& folder() const { return folder_; }
  /// rename(2) replaces an empty folder at most.
  void put_in_place() {
    std::error_code error;
    fs::rename(folder_, target_, error);
    if (error) {
      throw Error(ErrorCode::cannot_create, "cannot put the node in place: " + error.message(),
                  target_.string());
    }
    placed_ = true;
    sync_folder(target_.parent_path());
  }

 private:
  Path target_;
  Path folder_;
  bool placed_ = false;
};

void write_tests(const Path& folder, const std::vector<decision::SetFile>& tests) {
  if (tests.empty()) return;
  make_folder(folder / "policies" / "tests", Access::as_umask);
  for (const auto& file : tests) write_new_file(folder / file.name, file.bytes, Access::as_umask);
  sync_folder(folder / "policies");
}

void write_set(const Path& folder, const std::vector<decision::SetFile>& files) {
  write_new_file(folder / ".gitignore", ignored, Access::as_umask);
  make_folder(folder / "policies", Access::as_umask);
  write_new_file(folder / "policies" / ".gitattributes", attributes, Access::as_umask);
  for (const auto& file : files) write_new_file(folder / file.name, file.bytes, Access::as_umask);
}

struct Keys {
  crypto::SecretKey ledger;
  crypto::SecretKey token;
};

Keys write_keys(const ledger::NodeFiles& files, Entropy& entropy) {
  Keys keys{crypto::SecretKey::generate(entropy), crypto::SecretKey::generate(entropy)};
  make_folder(files.keys(), Access::private_to_owner);
  write_new_file(files.ledger_key(), crypto::secret_pem(keys.ledger), Access::private_to_owner);
  write_new_file(files.ledger_pub(), crypto::public_pem(keys.ledger.public_key()),
                 Access::as_umask);
  write_new_file(files.token_key(), crypto::secret_pem(keys.token), Access::private_to_owner);
  write_new_file(files.token_pub(), crypto::public_pem(keys.token.public_key()), Access::as_umask);
  return keys;
}

ledger::Draft key_added(const crypto::PublicKey& key, const std::string& actor) {
  return {.event_type = "key.added",
          .actor = actor,
          .data = {{"kid", key.kid()}, {"public_key", to_hex(key.view())}, {"purpose", "token"}},
          .sealed = std::nullopt};
}

/// genesis, key.added, policy.activated and the first operator.added under one checkpoint.
Initialised begin_ledger(const ledger::NodeFiles& files, const Keys& keys,
                         const InitOptions& options, const std::vector<decision::SetFile>& set,
                         Session& session) {
  const auto& key = keys.ledger.public_key();
  const crypto::Identity log{options.origin ? *options.origin : chain::derived_origin(key), key};
  const auto actor = "node:" + options.id;
  Act act(keys.ledger, files, log.name, options.id, session);
  act.append(key_added(keys.token.public_key(), actor));
  const auto loaded = decision::load_set(set);
  const auto unsigned_draft = [&actor](Wanted wanted) {
    return ledger::Draft{.event_type = std::move(wanted.event_type),
                         .actor = actor,
                         .data = std::move(wanted.data),
                         .sealed = std::nullopt};
  };
  (void)activate_in(act, loaded, set, unsigned_draft(activation_of(loaded, std::nullopt)));
  // The last one: whatever follows an operator is signed by one.
  if (auto first = options.first_operator) {
    first->role = authority::Role::admin;
    act.append(unsigned_draft(added_by(*first)));
  }
  const auto checkpoint = chain::open_checkpoint(act.commit(), log);
  return {.folder = options.folder,
          .node_id = options.id,
          .origin = log.name,
          .ledger_vkey = crypto::vkey(log),
          .token_kid = keys.token.public_key().kid(),
          .policy_hash = loaded.policy_hash,
          .first_operator =
              options.first_operator ? std::optional(options.first_operator->id) : std::nullopt,
          .tree_size = checkpoint.tree_size,
          .root = checkpoint.root};
}

}  // namespace

Initialised init(const InitOptions& options, Session& session) {
  check_names(options);
  require_free(options.folder);
  const auto set = set_of(options);
  Scaffold scaffold(options.folder, session.entropy);
  const ledger::NodeFiles files{scaffold.folder()};
  write_set(files.folder, set);
  write_tests(files.folder, options.tests);
  const auto keys = write_keys(files, session.entropy);
  auto made = begin_ledger(files, keys, options, set, session);
  sync_folder(files.folder);
  scaffold.put_in_place();
  return made;
}

Json to_json(const Initialised& made) {
  return {{"schema", "lexecon.init/1"},
          {"folder", made.folder.string()},
          {"node_id", made.node_id},
          {"origin", made.origin},
          {"ledger_vkey", made.ledger_vkey},
          {"token_kid", made.token_kid},
          {"policy_hash", made.policy_hash.hex()},
          {"operator", made.first_operator ? Json(*made.first_operator) : Json()},
          {"checkpoint", {{"tree_size", made.tree_size}, {"root_hash", made.root.hex()}}}};
}

}  // namespace lexecon::service
