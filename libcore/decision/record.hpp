// A verdict as the data of a `decision` entry, and as the document that `decide --json` prints.
//
// Source   lexecon-ledger(5), decision; lexecon-decide(1)
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "decision/judge.hpp"
#include "json/fwd.hpp"
#include "token/token.hpp"

namespace lexecon::decision {

/// What the ledger keeps of a token: T = {aud, exp, iat, jti, kid, token_hash, uses}.
struct TokenRecord {
  std::string audience;
  Timestamp issued_at;
  Timestamp expires_at;
  std::string jti;
  std::string kid;
  Hash token_hash;
  std::int64_t uses = 1;
};
[[nodiscard]] TokenRecord token_record(const token::Claims& claims, std::string_view text);
[[nodiscard]] Json to_json(const TokenRecord& record);
[[nodiscard]] TokenRecord parse_token_record(const Json& value);

/// Whether the id of an actor says that it is a human: `actor:human`, with `:` or `_` after it.
[[nodiscard]] bool is_human(std::string_view actor);

struct Record {
  std::string decision_id;
  Timestamp at;
  std::string via;  // cli, batch, hook:<name>, gate
  const Request& request;
  const Facts& facts;
  const Verdict& verdict;
  std::optional<TokenRecord> token;
};

/// The members of formats section 2.6, exactly.
[[nodiscard]] Json decision_data(const Record& record);
/// The claims of the token that an approval is worth; again the same for the same arguments.
[[nodiscard]] token::Claims claims_for(const Request& request, const Verdict& verdict,
                                       const std::string& decision_id, const std::string& issuer,
                                       const TokenRecord& record);

}  // namespace lexecon::decision
