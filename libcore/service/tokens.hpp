// Capability tokens on record: issue, verify and spend, revoke, list.
//
// Shapes   a failure after the signature check is recorded as token.refused {jti, reason,
// token_hash} Errors   Error{usage} when a claim that the token carries was not given;
// Error{not_permitted} where
//          nothing approves a token; Error{not_found} for a token that is not on record
// Source   lexecon-token(1), lexecon-token(5)
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.hpp"
#include "registry/tokens.hpp"
#include "service/node.hpp"
#include "service/session.hpp"
#include "token/scope.hpp"
#include "token/token.hpp"

namespace lexecon::service {

struct Issued {
  std::string token;
  token::Claims claims;
  std::uint64_t seq = 0;
  Hash entry_hash;
};
/// The one token of an approved decision that has none yet; judged again as things stand now.
[[nodiscard]] Issued issue_token(const Node& node, const std::string& decision_id,
                                 const std::optional<std::string>& audience,
                                 const std::optional<std::int64_t>& life_seconds, Session& session);
[[nodiscard]] Json to_json(const Issued& issued);

struct TokenCheck {
  std::optional<token::Refusal> refusal;  // nothing: valid
  bool authentic = false;                 // its signature verified under a token key in force
  std::optional<token::Claims> claims;    // nothing: it could not be read
  std::optional<std::int64_t> use;        // the use that was spent
  std::optional<std::int64_t> uses_left;
  std::vector<std::string> not_checked;
  std::optional<std::uint64_t> seq;  // the entry that recorded the check
};
/// Spends one use when everything holds. An empty audience means the node's origin.
[[nodiscard]] TokenCheck verify_token(const Node& node, std::string_view text,
                                      token::Presented presented, Session& session);
/// The same checks; spends and records nothing.
[[nodiscard]] TokenCheck peek_token(const Node& node, std::string_view text,
                                    token::Presented presented, Timestamp now);
/// What can be said without a node: text, signature, time and scope.
[[nodiscard]] TokenCheck check_token_offline(std::string_view text, const crypto::Pin& key,
                                             const token::Presented& presented, Timestamp now);
[[nodiscard]] Json to_json(const TokenCheck& check);
/// The claims as lexecon.token/1 shows them.
[[nodiscard]] Json to_json(const token::Claims& claims);

/// What to revoke: exactly one of these.
struct RevokeTarget {
  std::optional<std::string> decision_id;
  std::optional<std::string> jti;
  std::optional<std::string> token;
};
struct Revoked {
  std::vector<std::string> revoked;  // jti of each token that was revoked now
  std::vector<std::string> already;  // and of those that were before
};
[[nodiscard]] Revoked revoke_tokens(const Node& node, const RevokeTarget& target,
                                    const std::string& reason, Session& session);
[[nodiscard]] Json to_json(const Revoked& revoked);

/// A token as the ledger keeps it; its text is nowhere.
[[nodiscard]] Json to_json(const registry::TokenRow& row, Timestamp now);
void each_token(const Node& node, const registry::TokenFilter& filter,
                const std::function<void(const registry::TokenRow&)>& visit);

}  // namespace lexecon::service
