// What export and archive refuse in the same words.
//
// Errors   Error{cannot_create}; Error{busy} for what changed while a package was made
#pragma once

#include <cstdint>
#include <string>

#include "service/act.hpp"
#include "service/node_keys.hpp"

namespace lexecon::exporting {

void refuse_what_stands_there(const Path& path);
[[noreturn]] void refuse_meanwhile(const std::string& what);
/// The secret of the key that a package has to be signed by, which an act has settled.
[[nodiscard]] const crypto::SecretKey& signing_key(service::NodeKey& key,
                                                   const crypto::Identity& signer);
void require_signer(const service::Act& act, const crypto::PublicKey& signer);
/// By entries from that seq on.
void require_nothing_erased(store::Database& database, std::uint64_t from);
/// The size of the largest checkpoint.
[[nodiscard]] std::uint64_t newest_size(store::Database& database);

}  // namespace lexecon::exporting
