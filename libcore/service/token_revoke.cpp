#include "base/error.hpp"
#include "base/ids.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/tenants.hpp"
#include "service/tokens.hpp"

namespace lexecon::service {
namespace {

[[noreturn]] void unknown(const std::string& what) {
  throw Error(ErrorCode::not_found, what, {}, "lexecon token list shows the tokens on record");
}

std::vector<registry::TokenRow> by_decision(store::Database& database, const std::string& id) {
  (void)require_decision(database, id);
  auto rows = registry::tokens_of(database, id);
  if (rows.empty()) unknown("the decision `" + id + "` has no token");
  return rows;
}

std::vector<registry::TokenRow> by_jti(store::Database& database, const std::string& jti) {
  auto row = registry::token_by_jti(database, jti);
  if (!row) unknown_id(jti);
  return {std::move(*row)};
}

std::vector<registry::TokenRow> by_text(store::Database& database, const std::string& text) {
  const auto token = token::parse(text);
  for (auto& row : registry::tokens_of(database, token.claims.decision_id)) {
    if (row.record.token_hash == token::token_hash(text)) return {std::move(row)};
  }
  unknown("this token is not on record here");
}

std::vector<registry::TokenRow> rows_of(store::Database& database, const RevokeTarget& target) {
  if (target.decision_id) return by_decision(database, *target.decision_id);
  if (target.jti) return by_jti(database, *target.jti);
  if (target.token) return by_text(database, *target.token);
  throw Error(ErrorCode::internal, "nothing names the token to revoke");
}

}  // namespace

Revoked revoke_tokens(const Node& node, const RevokeTarget& target, const std::string& reason,
                      Session& session) {
  if (!is_code(reason)) {
    throw Error(ErrorCode::usage,
                "expected a reason code of 1 to 128 of `a-z0-9_.:-`, got `" + reason + "`",
                "--reason");
  }
  Act act(node, session);
  Revoked result;
  for (const auto& row : rows_of(act.database(), target)) {
    if (row.revoked_seq) {
      result.already.push_back(row.record.jti);
      continue;
    }
    act.append({.event_type = "token.revoked",
                .actor = node_actor(node),
                .data = {{"jti", row.record.jti},
                         {"reason", reason},
                         {"token_hash", row.record.token_hash.hex()}},
                .sealed = std::nullopt});
    result.revoked.push_back(row.record.jti);
  }
  (void)act.commit();
  return result;
}

void each_token(const Node& node, const registry::TokenFilter& filter,
                const std::function<void(const registry::TokenRow&)>& visit) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  registry::each_token(database, filter, visit);
}

}  // namespace lexecon::service
