// Token keys that the log announced.
//
// Source   lexecon-ledger(5), key.added and key.removed
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/entry.hpp"
#include "crypto/ed25519.hpp"
#include "store/database.hpp"

namespace lexecon::registry {

struct TokenKey {
  std::string kid;
  crypto::PublicKey key;
  std::uint64_t added_seq = 0;
};

/// The token key in force under that kid.
[[nodiscard]] std::optional<TokenKey> token_key(store::Database& database, std::string_view kid);
/// All token keys in force, oldest first.
[[nodiscard]] std::vector<TokenKey> token_keys(store::Database& database);

void apply_key(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::registry
