#include "service/set_cache.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "crypto/hash.hpp"
#include "decision/set_codec.hpp"
#include "service/node.hpp"

namespace lexecon::service {
namespace {

constexpr std::string_view key_context = "lexcache";
constexpr std::size_t id_bytes = 32;
constexpr std::size_t head_bytes = id_bytes + crypto::keyed_digest_bytes;
constexpr std::size_t max_file_bytes = std::size_t{64} << 20U;

Hash build_id() {
  return crypto::sha256("lexecon " LEXECON_VERSION "\nset layout " +
                        std::to_string(decision::set_layout) + "\n");
}

bool is_private_folder(const Path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == ::geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

std::optional<crypto::SecretKey> key_without_asking(const ledger::NodeFiles& files) {
  try {
    return load_key(files.token_key(), []() -> std::string {
      throw Error(ErrorCode::not_permitted, "nobody is asked for a passphrase here");
    });
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// Sets that judge no more.
void remove_others(const Path& folder, const std::string& kept) {
  std::error_code ignored;
  std::filesystem::directory_iterator files(folder, ignored);
  for (const auto end = std::filesystem::directory_iterator(); !ignored && files != end;
       files.increment(ignored)) {
    const auto name = files->path().filename().string();
    std::error_code failed;
    if (name != kept && is_hex(name, 64)) std::filesystem::remove(files->path(), failed);
  }
}

}  // namespace

SetCache::SetCache(const ledger::NodeFiles& files, const crypto::SecretKey* token_key)
    : folder_(files.cache()) {
  if (token_key != nullptr) {
    key_.emplace(*token_key, key_context);
  } else if (const auto own = key_without_asking(files)) {
    key_.emplace(*own, key_context);
  }
}

std::optional<decision::ActiveSet> SetCache::find(const registry::SetRow& set) const {
  if (!key_ || !is_private_folder(folder_)) return std::nullopt;
  try {
    const auto bytes = read_private_file(folder_ / set.policy_hash.hex(), max_file_bytes);
    if (bytes.size() < head_bytes) return std::nullopt;
    const auto id = std::string_view(bytes).substr(0, id_bytes);
    const auto digest = std::string_view(bytes).substr(id_bytes, crypto::keyed_digest_bytes);
    const auto body = std::string_view(bytes).substr(head_bytes);
    // SECURITY: nothing of the body is read before the digest says that this node wrote it
    if (id != build_id().view() || !key_->confirms(digest, {id, body})) return std::nullopt;
    auto found = decision::unpack_set(body);
    if (found.policy_hash != set.policy_hash || found.files != set.files) return std::nullopt;
    return found;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void SetCache::keep(const decision::ActiveSet& set) const {
  if (!key_) return;
  const auto id = build_id();
  const auto body = decision::pack_set(set);
  if (head_bytes + body.size() > max_file_bytes) return;
  const auto name = set.policy_hash.hex();
  std::error_code ignored;
  try {
    if (!std::filesystem::exists(folder_, ignored)) make_folder(folder_, Access::private_to_owner);
    if (!is_private_folder(folder_)) return;
    const auto digest = key_->digest({id.view(), body});
    replace_file(folder_ / name, std::string(id.view()) + digest + body, Access::private_to_owner);
    remove_others(folder_, name);
  } catch (const Error&) {
    return;  // a decision does not wait for room in a cache
  }
}

}  // namespace lexecon::service
