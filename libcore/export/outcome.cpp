#include "export/outcome.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "chain/checkpoint.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::exporting {

void refuse_what_stands_there(const Path& path) {
  std::error_code failed;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, failed))) return;
  const std::string name = printable(path.string());
  throw Error(ErrorCode::cannot_create, "`" + name + "` already exists and is not overwritten",
              name);
}

void refuse_meanwhile(const std::string& what) {
  throw Error(ErrorCode::busy, what + " while the package was made, and it is not kept", {},
              "run the command again");
}

const crypto::SecretKey& signing_key(service::NodeKey& key, const crypto::Identity& signer) {
  const auto* const secret = key.loaded();
  if (secret == nullptr || secret->public_key() != signer.key) {
    refuse_meanwhile("the key of the log was rotated");
  }
  return *secret;
}

void require_signer(const service::Act& act, const crypto::PublicKey& signer) {
  if (act.ledger_key() != signer) refuse_meanwhile("the key of the log was rotated");
}

void require_nothing_erased(store::Database& database, std::uint64_t from) {
  const auto erased = registry::newest_of(database, "sealed.erased");
  if (erased && *erased >= from) refuse_meanwhile("sealed content was erased");
}

std::uint64_t newest_size(store::Database& database) {
  const auto last = ledger::last_checkpoint(database);
  if (!last) throw Error(ErrorCode::integrity, "the ledger has no checkpoint");
  return chain::parse_checkpoint(chain::parse_note(*last)).tree_size;
}

}  // namespace lexecon::exporting
