#include <algorithm>

#include "base/error.hpp"
#include "oversight/stops.hpp"
#include "registry/keys.hpp"
#include "registry/sets.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"
#include "service/tokens.hpp"

namespace lexecon::service {
namespace {

TokenCheck refused(TokenCheck check, token::Refusal refusal) {
  check.refusal = refusal;
  return check;
}

/// Size and strict parse; a token that cannot be read is an answer, not an error.
std::optional<token::Token> read_token(std::string_view text) {
  try {
    if (text.size() > token::max_token_bytes) return std::nullopt;
    return token::parse(text);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return std::nullopt;
  }
}

void require_claim(bool carried, bool given, const char* what, const char* option) {
  if (!carried || given) return;
  throw Error(ErrorCode::usage, "the token is bound to " + std::string(what) + ": say which",
              option, "give every claim that the token carries; lexecon token inspect shows them");
}

/// A holder who leaves a claim out would otherwise be checked against nothing.
void require_claims_given(const token::Claims& claims, const token::Presented& presented) {
  require_claim(claims.tool.has_value(), presented.tool.has_value(), "a tool", "--tool");
  require_claim(claims.resource.has_value(), presented.resource.has_value(), "a resource",
                "--resource");
  require_claim(!claims.data_classes.empty(), !presented.data_classes.empty(), "data classes",
                "--data-class");
  require_claim(claims.params_hash.has_value(), presented.params_hash.has_value(), "parameters",
                "--params");
}

std::optional<token::Refusal> check_time_and_scope(const token::Claims& claims,
                                                   const token::Presented& presented,
                                                   Timestamp now) {
  if (const auto late = token::check_time(claims, now)) return late;
  require_claims_given(claims, presented);
  return token::check_scope(claims, presented);
}

/// The token's row, which the registry holds against the entries.
std::optional<registry::TokenRow> issued_row(store::Database& database, const token::Claims& claims,
                                             std::string_view text) {
  for (auto& row : registry::tokens_of(database, claims.decision_id)) {
    if (row.record.jti == claims.jti && row.record.token_hash == token::token_hash(text)) {
      return std::move(row);
    }
  }
  return std::nullopt;
}

std::optional<token::Refusal> check_signature(store::Database& database,
                                              const token::Token& token) {
  const auto key = registry::token_key(database, token.claims.kid);
  if (!key) return token::Refusal::unknown_key;
  if (!token::signed_by(token, key->key)) return token::Refusal::bad_signature;
  return std::nullopt;
}

/// A token is worth nothing while its holder is stopped.
bool is_stopped(store::Database& database, const token::Claims& claims) {
  return oversight::stops(database).find(claims.subject, claims.tenant.value_or("")) != nullptr;
}

/// The checks that need the ledger, in their order: policy, issued, revoked, stops, uses.
TokenCheck check_on_record(store::Database& database, std::string_view text, TokenCheck check) {
  const auto active = registry::active_set(database);
  if (!active || active->policy_hash.hex() != check.claims->policy_hash) {
    return refused(std::move(check), token::Refusal::policy_changed);
  }
  const auto row = issued_row(database, *check.claims, text);
  if (!row) return refused(std::move(check), token::Refusal::not_issued);
  check.uses_left = std::max<std::int64_t>(0, row->record.uses - row->used);
  if (row->revoked_seq) return refused(std::move(check), token::Refusal::revoked);
  if (is_stopped(database, *check.claims)) {
    return refused(std::move(check), token::Refusal::emergency_stop);
  }
  if (check.uses_left == 0) return refused(std::move(check), token::Refusal::used_up);
  check.use = row->used + 1;
  return check;
}

TokenCheck check_all(store::Database& database, const Node& node, const token::Token& token,
                     std::string_view text, const token::Presented& presented, Timestamp now) {
  TokenCheck check;
  check.claims = token.claims;
  if (const auto forged = check_signature(database, token))
    return refused(std::move(check), *forged);
  check.authentic = true;
  if (token.claims.issuer != node.origin) {
    return refused(std::move(check), token::Refusal::wrong_issuer);
  }
  if (const auto refusal = check_time_and_scope(token.claims, presented, now)) {
    return refused(std::move(check), *refusal);
  }
  return check_on_record(database, text, std::move(check));
}

ledger::Draft draft_of(const Node& node, const TokenCheck& check, std::string_view text) {
  Json data{{"jti", check.claims->jti}, {"token_hash", token::token_hash(text).hex()}};
  if (!check.refusal) {
    data["use"] = *check.use;
    return {.event_type = "token.used",
            .actor = check.claims->subject,
            .data = std::move(data),
            .sealed = std::nullopt};
  }
  data["reason"] = token::to_string(*check.refusal);
  return {.event_type = "token.refused",
          .actor = node_actor(node),
          .data = std::move(data),
          .sealed = std::nullopt};
}

void default_audience(token::Presented& presented, const Node& node) {
  if (presented.audience.empty()) presented.audience = node.origin;
}

}  // namespace

TokenCheck verify_token(const Node& node, std::string_view text, token::Presented presented,
                        Session& session) {
  default_audience(presented, node);
  const auto token = read_token(text);
  if (!token) return refused({}, token::Refusal::malformed);
  Act act(node, session);
  auto check = check_all(act.database(), node, *token, text, presented, act.at());
  // What nobody of ours signed must not fill the ledger.
  if (!check.authentic) return check;
  check.seq = act.append(draft_of(node, check, text)).entry.seq;
  if (!check.refusal) check.uses_left = *check.uses_left - 1;
  (void)act.commit();
  return check;
}

TokenCheck peek_token(const Node& node, std::string_view text, token::Presented presented,
                      Timestamp now) {
  default_audience(presented, node);
  const auto token = read_token(text);
  if (!token) return refused({}, token::Refusal::malformed);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  auto check =
      check_all(database, node, *token, text, presented, std::max(now, last_entry_time(database)));
  check.use.reset();
  return check;
}

TokenCheck check_token_offline(std::string_view text, const crypto::Pin& key,
                               const token::Presented& presented, Timestamp now) {
  TokenCheck check;
  check.not_checked = {"policy", "issued", "revoked", "stops", "uses"};
  const auto token = read_token(text);
  if (!token) return refused(std::move(check), token::Refusal::malformed);
  check.claims = token->claims;
  if (token->claims.kid != key.key.kid()) {
    return refused(std::move(check), token::Refusal::unknown_key);
  }
  if (!token::signed_by(*token, key.key)) {
    return refused(std::move(check), token::Refusal::bad_signature);
  }
  check.authentic = true;
  if (key.name && *key.name != token->claims.issuer) {
    return refused(std::move(check), token::Refusal::wrong_issuer);
  }
  check.refusal = check_time_and_scope(token->claims, presented, now);
  return check;
}

}  // namespace lexecon::service
