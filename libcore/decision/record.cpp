#include "decision/record.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "json/json.hpp"
#include "json/members.hpp"
#include "json/reader.hpp"

namespace lexecon::decision {
namespace {

/// So many requirement names stand in an entry; the list of a real set is a handful.
constexpr std::size_t max_unmet = 64;

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json usage_data(const Request& request) {
  if (!request.usage) return {};
  return {{"cost_micros", request.usage->cost_micros},
          {"input_tokens", request.usage->input_tokens},
          {"output_tokens", request.usage->output_tokens}};
}

Json risk_data(const risk::Score& risk, const std::string& decision_id) {
  if (!risk.score) return {};
  auto dimensions = Json::object();
  for (std::size_t i = 0; i < risk::dimension_count; ++i) {
    if (!risk.dimensions.at(i)) continue;
    dimensions[std::string(risk::to_string(static_cast<risk::Dimension>(i)))] =
        *risk.dimensions.at(i);
  }
  auto factors = Json::array();
  for (const auto& factor : risk.factors) factors.push_back(factor.name);
  return {{"dimensions", std::move(dimensions)},
          {"factors", std::move(factors)},
          {"level", risk::to_string(risk.level)},
          {"risk_id", "rsk_" + decision_id},
          {"score", *risk.score}};
}

Json policy_data(const Verdict& verdict) {
  const auto shown = static_cast<std::ptrdiff_t>(std::min(verdict.unmet.size(), max_unmet));
  return json::Members()
      .add("hash", verdict.policy_hash ? Json(verdict.policy_hash->hex()) : Json())
      .add("matched", verdict.matched)
      .add("matched_count", verdict.matched_count)
      .add("mode", verdict.mode ? Json(policy::to_string(*verdict.mode)) : Json())
      .add("unmet", std::vector<std::string>(verdict.unmet.begin(), verdict.unmet.begin() + shown))
      .take();
}

Json reasons_data(const Verdict& verdict) {
  auto codes = Json::array();
  for (const auto& reason : verdict.reasons) {
    const Json code = policy::to_string(reason.code);
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  }
  return codes;
}

/// The set names nobody else as responsible: a person answers for what a person asked to do.
Json responsibility_data(const Request& request) {
  const bool by_human = is_human(request.actor);
  return json::Members()
      .add("level", by_human ? "full" : "automated")
      .add("maker", by_human ? "human_operator" : "ai_system")
      .take();
}

Timestamp token_time_member(json::Reader& reader, std::string_view name) {
  const auto time = token_time(reader.text(name));
  if (!time) {
    throw Error(ErrorCode::bad_input, "expected a time to the second", reader.pointer(name));
  }
  return *time;
}

}  // namespace

bool is_human(std::string_view actor) {
  const std::string_view human = "actor:human";
  return actor.starts_with(human) &&
         (actor.size() == human.size() || actor[human.size()] == ':' || actor[human.size()] == '_');
}

TokenRecord token_record(const token::Claims& claims, std::string_view text) {
  return {.audience = claims.audience,
          .issued_at = claims.issued_at,
          .expires_at = claims.expires_at,
          .jti = claims.jti,
          .kid = claims.kid,
          .token_hash = token::token_hash(text),
          .uses = claims.uses};
}

Json to_json(const TokenRecord& record) {
  return json::Members()
      .add("aud", record.audience)
      .add("exp", to_text_seconds(record.expires_at))
      .add("iat", to_text_seconds(record.issued_at))
      .add("jti", record.jti)
      .add("kid", record.kid)
      .add("token_hash", record.token_hash.hex())
      .add("uses", record.uses)
      .take();
}

TokenRecord parse_token_record(const Json& value) {
  json::Reader reader(value);
  TokenRecord record;
  record.audience = reader.text("aud");
  record.expires_at = token_time_member(reader, "exp");
  record.issued_at = token_time_member(reader, "iat");
  record.jti = reader.text("jti");
  record.kid = reader.text("kid");
  const auto hash = hash_from_hex(reader.text("token_hash"));
  if (!hash) {
    throw Error(ErrorCode::bad_input, "expected 64 hex digits", reader.pointer("token_hash"));
  }
  record.token_hash = *hash;
  record.uses = reader.integer("uses", 1, token::max_uses);
  reader.finish();
  return record;
}

// SECURITY: an entry is for ever. Context, intent and parameters stay in the sealed content;
// nothing below may read request.canonical.
Json decision_data(const Record& record) {
  const auto& request = record.request;
  const auto& verdict = record.verdict;
  return json::Members()
      .add("action", request.action)
      .add("actor", request.actor)
      .add("at", to_text(record.at))
      .add("data_classes", request.data_classes)
      .add("decision_id", record.decision_id)
      .add("engine", engine)
      .add("facts", to_json(record.facts))
      .add("idempotency_key", or_null(request.idempotency_key))
      .add("model", or_null(request.model))
      .add("outcome", policy::to_string(verdict.outcome))
      .add("owners", verdict.owners)
      .add("policy", policy_data(verdict))
      .add("prompt", or_null(request.prompt))
      .add("reason_code", policy::to_string(verdict.reason))
      .add("reasoning", verdict.reasoning)
      .add("reasons", reasons_data(verdict))
      .add("request_id", or_null(request.request_id))
      .add("resource", or_null(request.resource))
      .add("responsibility", responsibility_data(request))
      .add("risk", risk_data(verdict.risk, record.decision_id))
      .add("tenant", or_null(request.tenant))
      .add("token", record.token ? to_json(*record.token) : Json())
      .add("tool", or_null(request.tool))
      .add("trace_id", or_null(request.trace_id))
      .add("usage", usage_data(request))
      .add("via", record.via)
      .take();
}

token::Claims claims_for(const Request& request, const Verdict& verdict,
                         const std::string& decision_id, const std::string& issuer,
                         const TokenRecord& record) {
  if (!verdict.policy_hash) {
    throw Error(ErrorCode::internal, "a token needs the policy set that it was approved under");
  }
  return {.issuer = issuer,
          .subject = request.actor,
          .audience = record.audience,
          .kid = record.kid,
          .jti = record.jti,
          .issued_at = record.issued_at,
          .expires_at = record.expires_at,
          .action = request.action,
          .tool = request.tool,
          .resource = request.resource,
          .data_classes = request.data_classes,
          .policy_hash = verdict.policy_hash->hex(),
          .decision_id = decision_id,
          .uses = record.uses,
          .params_hash = params_hash(request),
          .tenant = request.tenant};
}

}  // namespace lexecon::decision
