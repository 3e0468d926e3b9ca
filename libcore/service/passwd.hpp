// The passphrase of the node's private keys: set, changed, taken away.
//
// Shapes   a key file is replaced whole, and the bytes of the old one are overwritten; a change that ended
//          between the two keys is finished by the same command with the same passphrases
// Errors   Error{not_permitted} for a passphrase that opens neither, or for one key that would have another
//          passphrase than the other; Error{configuration} while a rotation waits to be finished
// Source   lexecon-key-passwd(1)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/fwd.hpp"
#include "service/node_keys.hpp"

namespace lexecon::service {

struct PassphraseChange {
  std::vector<std::string> keys;  // "ledger", "token"
  bool encrypted = false;
};

/// `purpose`: "ledger" or "token"; nothing for both. Without `next` the keys are written in clear.
[[nodiscard]] PassphraseChange change_passphrase(const Node& node,
                                                 const std::optional<std::string>& purpose,
                                                 const std::optional<crypto::Passphrase>& next,
                                                 Session& session);
[[nodiscard]] Json to_json(const PassphraseChange& change);

}  // namespace lexecon::service
