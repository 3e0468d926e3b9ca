#include "service/passwd.hpp"

#include <fcntl.h>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/ground.hpp"

namespace lexecon::service {
namespace {

/// Renamed over, the old file has no name any more; its bytes are overwritten all the same.
void replace_secret(const Path& path, const std::string& bytes) {
  const auto size = std::filesystem::file_size(path);
  const Descriptor old = try_open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!old.open()) throw system_error(ErrorCode::io, "open", path, errno);
  replace_file(path, bytes, Access::private_to_owner);
  write_all(old.get(), std::string(size, '\0'), path);
  sync_descriptor(old.get(), path);
}

bool opens(const KeyPlace& place, const crypto::Passphrase& passphrase) {
  try {
    static_cast<void>(crypto::load_secret_key(place.secret, passphrase));
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_permitted) throw;
    return false;
  }
}

/// With the passphrase of before, else with the new one: an earlier try may have come this far.
crypto::SecretKey open_key(const KeyPlace& place, const Session& session,
                           const std::optional<crypto::Passphrase>& next) {
  if (is_encrypted(place) && next && !opens(place, session.passphrase) && opens(place, *next)) {
    return crypto::load_secret_key(place.secret, *next);
  }
  return load_key(place.secret, session.passphrase);
}

void require_settled(const KeyPlace& place) {
  if (!has_waiting(place)) return;
  throw Error(ErrorCode::configuration,
              "a rotation of the " + place.purpose + " key waits to be finished",
              place.secret.string(), "the next command that records does it, as lexecon decide");
}

// One passphrase is asked for, whichever of the keys a command needs.
void require_shared(const KeyPlace& other, const std::optional<crypto::Passphrase>& next) {
  if (!next || !is_encrypted(other) || opens(other, *next)) return;
  throw Error(ErrorCode::not_permitted,
              "the " + other.purpose + " key has another passphrase: all keys share one",
              other.secret.string(), "leave KEY out to change all");
}

/// A node has a witness key once it cosigned.
std::vector<KeyPlace> places_of(const ledger::NodeFiles& files) {
  std::vector<KeyPlace> places{ledger_place(files), token_place(files)};
  std::error_code failed;
  const auto witness = witness_place(files);
  if (std::filesystem::exists(witness.secret, failed)) places.push_back(witness);
  return places;
}

}  // namespace

PassphraseChange change_passphrase(const Node& node, const std::optional<std::string>& purpose,
                                   const std::optional<crypto::Passphrase>& next,
                                   Session& session) {
  ledger::refuse_network_filesystem(node.files.folder, session.write.allow_network_filesystem);
  const FileLock lock(node.files.lock(), session.write.patience);
  PassphraseChange change{.keys = {}, .encrypted = next.has_value()};
  std::vector<std::pair<KeyPlace, std::string>> files;
  for (const auto& place : places_of(node.files)) {
    require_settled(place);
    if (purpose && *purpose != place.purpose) {
      require_shared(place, next);
      continue;
    }
    const auto key = open_key(place, session, next);
    files.emplace_back(place, next ? crypto::encrypted_pem(key, (*next)(), session.entropy)
                                   : crypto::secret_pem(key));
    change.keys.push_back(place.purpose);
  }
  if (files.empty()) {
    throw Error(ErrorCode::not_found, "the node has no " + *purpose + " key", {},
                "lexecon ledger checkpoint --cosign makes one");
  }
  // All could be opened: now nothing but the disk can say no.
  for (const auto& [place, bytes] : files) replace_secret(place.secret, bytes);
  return change;
}

Json to_json(const PassphraseChange& change) {
  return {{"schema", "lexecon.key_passphrase/1"},
          {"keys", change.keys},
          {"encrypted", change.encrypted}};
}

}  // namespace lexecon::service
