#include "service/node_keys.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/ids.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kid_digits = 16;
constexpr std::uint64_t max_key_bytes = 4'096;

struct Waiting {
  Path path;
  std::string kid;
};

std::vector<Waiting> waiting_at(const KeyPlace& place) {
  const auto prefix = place.secret.filename().string() + ".";
  std::vector<Waiting> found;
  std::error_code ignored;
  for (fs::directory_iterator file(place.secret.parent_path(), ignored), end;
       !ignored && file != end; file.increment(ignored)) {
    const auto name = file->path().filename().string();
    if (!name.starts_with(prefix)) continue;
    auto kid = name.substr(prefix.size());
    if (is_hex(kid, kid_digits)) found.push_back({file->path(), std::move(kid)});
  }
  return found;
}

// INVARIANT: the old key is overwritten only after the log names the new one, which is there whole.
void put_in_place(const KeyPlace& place, const Path& waiting, const crypto::PublicKey& key) {
  replace_file(place.published, crypto::public_pem(key), Access::as_umask);
  std::error_code ignored;
  if (fs::is_regular_file(fs::symlink_status(place.secret, ignored))) overwrite_file(place.secret);
  if (std::rename(waiting.c_str(), place.secret.c_str()) != 0) {
    throw system_error(ErrorCode::io, "replace", place.secret, errno);
  }
  sync_folder(place.secret.parent_path());
}

}  // namespace

KeyPlace ledger_place(const ledger::NodeFiles& files) {
  return {"ledger", files.ledger_key(), files.ledger_pub()};
}

KeyPlace token_place(const ledger::NodeFiles& files) {
  return {"token", files.token_key(), files.token_pub()};
}

KeyPlace witness_place(const ledger::NodeFiles& files) {
  return {"witness", files.witness_key(), {}};
}

bool is_encrypted(const KeyPlace& place) {
  std::error_code ignored;
  return fs::exists(place.secret, ignored) &&
         crypto::is_encrypted(read_private_file(place.secret, max_key_bytes));
}

std::string key_file(const crypto::SecretKey& key, const KeyPlace& place, Session& session) {
  if (!is_encrypted(place)) return crypto::secret_pem(key);
  static_cast<void>(crypto::load_secret_key(place.secret, session.passphrase));
  return crypto::encrypted_pem(key, session.passphrase(), session.entropy);
}

void put_beside(const KeyPlace& place, const crypto::PublicKey& key, const std::string& pem) {
  write_new_file(place.secret.string() + "." + key.kid(), pem, Access::private_to_owner);
}

bool has_waiting(const KeyPlace& place) { return !waiting_at(place).empty(); }

void settle(const KeyPlace& place, std::span<const crypto::PublicKey> in_force) {
  for (const auto& waiting : waiting_at(place)) {
    const auto key = std::find_if(in_force.begin(), in_force.end(),
                                  [&](const auto& each) { return each.kid() == waiting.kid; });
    if (key == in_force.end()) {
      destroy_file(waiting.path);
    } else {
      put_in_place(place, waiting.path, *key);
    }
  }
}

NodeKey::NodeKey(KeyPlace place, crypto::Passphrase passphrase)
    : place_(std::move(place)), passphrase_(std::move(passphrase)) {
  // What is in place may be the old key, overwritten: only the log tells, under the lock.
  if (!has_waiting(place_)) key_ = load_key(place_.secret, passphrase_);
}

const crypto::SecretKey& NodeKey::of(std::span<const crypto::PublicKey> in_force) {
  const auto is_in_force = [&] {
    return key_ &&
           std::find(in_force.begin(), in_force.end(), key_->public_key()) != in_force.end();
  };
  settle(place_, in_force);
  if (!is_in_force()) key_ = load_key(place_.secret, passphrase_);
  // SECURITY: another key would fork the log under its name, or sign tokens that nobody accepts
  if (!is_in_force()) {
    const auto file = "keys/" + place_.secret.filename().string();
    throw Error(ErrorCode::integrity,
                "`" + file + "` is no " + place_.purpose + " key in force of this ledger",
                place_.secret.string(),
                "lexecon key show " + place_.purpose + " prints the key in force");
  }
  return *key_;
}

}  // namespace lexecon::service
