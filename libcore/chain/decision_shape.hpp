// The shapes of a decision, of its facts, and of what the ledger keeps of a token.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <span>

#include "chain/event_fields.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const Member> decision_members();
/// What the members of a decision must be to each other.
void decision_rule(const Json& data, const Place& at);
/// T = {aud, exp, iat, jti, kid, token_hash, uses}
void token_record(const Json& value, const Place& at);
/// The token was issued in this entry's second.
void token_issued_rule(const Json& data, const Place& at);
void facts(const Json& value, const Place& at);
void responsibility_level(const Json& value, const Place& at);
void maker(const Json& value, const Place& at);

}  // namespace lexecon::chain
