#include "chain/entry.hpp"
#include "service/tokens.hpp"

namespace lexecon::service {
namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

/// Where a token stands at that time.
const char* state_of(const registry::TokenRow& row, Timestamp now) {
  if (row.revoked_seq) return "revoked";
  if (row.used >= row.record.uses) return "used_up";
  if (now >= row.record.expires_at) return "expired";
  return "active";
}

}  // namespace

Json to_json(const token::Claims& claims) {
  return {{"iss", claims.issuer},
          {"sub", claims.subject},
          {"aud", claims.audience},
          {"kid", claims.kid},
          {"jti", claims.jti},
          {"iat", to_text_seconds(claims.issued_at)},
          {"nbf", to_text_seconds(claims.issued_at)},
          {"exp", to_text_seconds(claims.expires_at)},
          {"action", claims.action},
          {"tool", or_null(claims.tool)},
          {"resource", or_null(claims.resource)},
          {"data_classes", claims.data_classes},
          {"policy_hash", claims.policy_hash},
          {"decision_id", claims.decision_id},
          {"uses", claims.uses},
          {"params_hash", or_null(claims.params_hash)},
          {"tenant", or_null(claims.tenant)}};
}

Json to_json(const TokenCheck& check) {
  return {{"schema", "lexecon.token_check/1"},
          {"valid", !check.refusal},
          {"reason_code", check.refusal ? Json(token::to_string(*check.refusal)) : Json()},
          {"authentic", check.authentic},
          {"claims", check.claims ? to_json(*check.claims) : Json()},
          {"use", or_null(check.use)},
          {"uses_left", or_null(check.uses_left)},
          {"not_checked", check.not_checked},
          {"recorded", check.seq.has_value()},
          {"seq", or_null(check.seq)},
          {"ledger_entry_id", check.seq ? Json(chain::entry_id(*check.seq)) : Json()}};
}

Json to_json(const Revoked& revoked) {
  return {{"schema", "lexecon.token_revocation/1"},
          {"revoked", revoked.revoked},
          {"already_revoked", revoked.already}};
}

Json to_json(const registry::TokenRow& row, Timestamp now) {
  return {{"schema", "lexecon.token/1"},
          {"jti", row.record.jti},
          {"decision_id", row.decision_id},
          {"actor", row.actor},
          {"audience", row.record.audience},
          {"kid", row.record.kid},
          {"token_hash", row.record.token_hash.hex()},
          {"issued_at", to_text_seconds(row.record.issued_at)},
          {"expires_at", to_text_seconds(row.record.expires_at)},
          {"uses", row.record.uses},
          {"used", row.used},
          {"state", state_of(row, now)},
          {"revoked_reason", or_null(row.revoked_reason)},
          {"seq", row.seq},
          {"ledger_entry_id", chain::entry_id(row.seq)}};
}

}  // namespace lexecon::service
