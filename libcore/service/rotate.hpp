// A new key in the place of one of the node's two.
//
// Shapes   ledger: key.rotated, whose checkpoint is the last by the old key; token: key.added, and
//          key.removed for each that was in force. The old secret is destroyed behind the commit
// Errors   those of service/act and service/approval: a compliance officer signs key.rotated, an admin each
//          key.removed; Error{busy} when another key came into force meanwhile; Error{usage} for a reason
//          that is no code
// Source   lexecon-key-rotate(1); lexecon-ledger(5), Rotation
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chain/checkpoint.hpp"
#include "json/fwd.hpp"
#include "service/approval.hpp"

namespace lexecon::service {

struct Rotated {
  std::string purpose;  // "ledger" or "token"
  crypto::Identity key;
  std::vector<std::string> removed;  // the kids that are in force no more
  std::uint64_t seq = 0;             // the entry that names the new key
  Hash entry_hash;
  std::string note;
  std::uint64_t tokens_refused = 0;  // of those issued, unexpired ones that no node takes any more
};

[[nodiscard]] Rotated rotate_ledger_key(const Node& node, const std::string& reason,
                                        const std::optional<Signatory>& signatory,
                                        Session& session);
[[nodiscard]] Rotated rotate_token_key(const Node& node, const std::string& reason,
                                       const std::optional<Signatory>& signatory, Session& session);
[[nodiscard]] Json to_json(const Rotated& rotated);

}  // namespace lexecon::service
