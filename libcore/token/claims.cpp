#include "token/claims.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/json.hpp"
#include "json/ordered.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "policy/term.hpp"

namespace lexecon::token {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::size_t max_data_classes = 32;

void require(bool holds, std::string_view expected, std::string_view claim) {
  if (!holds) {
    throw Error(ErrorCode::bad_input, "expected " + std::string(expected),
                "/" + std::string(claim));
  }
}

/// A term as it is stored: with its long prefix, in its only spelling.
void require_term(policy::TermType type, const std::string& text, std::string_view claim) {
  const std::string where = "/" + std::string(claim);
  require(policy::request_term(type, text, where) == text, "an id with its long prefix", claim);
}

void require_times(const Claims& claims) {
  for (const Timestamp at : {claims.issued_at, claims.expires_at}) {
    require(token_time(to_text_seconds(at)) == at, "times to the second", "iat");
  }
  const std::int64_t life = claims.expires_at.micros - claims.issued_at.micros;
  require(life > 0 && life <= max_life_seconds * micros_per_second,
          "an expiry at most 86,400 s after the issue", "exp");
}

void require_data_classes(const std::vector<std::string>& classes) {
  require(classes.size() <= max_data_classes, "at most 32 data classes", "data_classes");
  for (const auto& name : classes) {
    require_term(policy::TermType::data_class, name, "data_classes");
  }
  require(
      std::adjacent_find(classes.begin(), classes.end(), std::greater_equal<>()) == classes.end(),
      "data classes that ascend and are unique", "data_classes");
}

void require_shape(const Claims& claims) {
  require(is_origin(claims.issuer), "the name of a log", "iss");
  require_term(policy::TermType::actor, claims.subject, "sub");
  require(is_audience(claims.audience), "an audience [!-~]{1,255}", "aud");
  require(is_hex(claims.kid, 16), "16 lower-case hex digits", "kid");
  require(claims.jti.starts_with("tok_") && is_hex(std::string_view(claims.jti).substr(4), 32),
          "`tok_<32 hex>`", "jti");
  require_times(claims);
  require_term(policy::TermType::action, claims.action, "action");
  if (claims.tool) require(is_free_identifier(*claims.tool), "an identifier", "tool");
  if (claims.resource) require_term(policy::TermType::resource, *claims.resource, "resource");
  require_data_classes(claims.data_classes);
  require(is_hex(claims.policy_hash, 64), "64 lower-case hex digits", "policy_hash");
  require(is_prefixed_ulid(claims.decision_id, "dec_"), "`dec_<ULID>`", "decision_id");
  require(claims.uses >= 1 && claims.uses <= max_uses, "1 to 1,000,000 uses", "uses");
  if (claims.params_hash) {
    require(is_hex(*claims.params_hash, 64), "64 lower-case hex digits", "params_hash");
  }
  if (claims.tenant) require(is_free_identifier(*claims.tenant), "an identifier", "tenant");
}

Timestamp read_time(json::Reader& reader, std::string_view name) {
  const auto time = token_time(reader.text(name));
  require(time.has_value(), "a real time `YYYY-MM-DDTHH:MM:SSZ`", name);
  return time.value_or(Timestamp{});
}

/// A claim that is always there, as a text or null.
std::optional<std::string> read_nullable(json::Reader& reader, std::string_view name) {
  if (reader.member(name).is_null()) return std::nullopt;
  return reader.text(name);
}

/// A claim that is a text or not there at all.
std::optional<std::string> read_optional(json::Reader& reader, std::string_view name) {
  if (!reader.has(name)) return std::nullopt;
  return reader.text(name);
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

}  // namespace

std::string to_message(const Claims& claims) {
  require_shape(claims);
  // INVARIANT: the members stand in the order of JCS, so these are the canonical bytes of the whole.
  json::Ordered out;
  out.text("action", claims.action);
  out.text("aud", claims.audience);
  out.member("data_classes", Json(claims.data_classes));
  out.text("decision_id", claims.decision_id);
  out.text("exp", to_text_seconds(claims.expires_at));
  out.text("iat", to_text_seconds(claims.issued_at));
  out.text("iss", claims.issuer);
  out.text("jti", claims.jti);
  out.text("kid", claims.kid);
  out.text("nbf", to_text_seconds(claims.issued_at));
  if (claims.params_hash) out.text("params_hash", *claims.params_hash);
  out.text("policy_hash", claims.policy_hash);
  out.member("resource", or_null(claims.resource));
  out.text("sub", claims.subject);
  if (claims.tenant) out.text("tenant", *claims.tenant);
  out.member("tool", or_null(claims.tool));
  out.text("typ", token_type);
  out.member("uses", Json(claims.uses));
  return std::move(out).take();
}

Claims parse_message(std::string_view message) {
  const Json value = json::parse_canonical(message, "claims");
  json::require_plain(value);
  json::Reader reader(value);
  require(reader.text("typ") == token_type, "`lexecon-cap/1`", "typ");
  Claims out;
  out.issuer = reader.text("iss");
  out.subject = reader.text("sub");
  out.audience = reader.text("aud");
  out.kid = reader.text("kid");
  out.jti = reader.text("jti");
  out.issued_at = read_time(reader, "iat");
  require(read_time(reader, "nbf") == out.issued_at, "the time in `iat`", "nbf");
  out.expires_at = read_time(reader, "exp");
  out.action = reader.text("action");
  out.tool = read_nullable(reader, "tool");
  out.resource = read_nullable(reader, "resource");
  static_cast<void>(reader.member("data_classes"));
  out.data_classes = reader.texts("data_classes");
  out.policy_hash = reader.text("policy_hash");
  out.decision_id = reader.text("decision_id");
  out.uses = reader.integer("uses", 1, max_uses);
  out.params_hash = read_optional(reader, "params_hash");
  out.tenant = read_optional(reader, "tenant");
  reader.finish();
  require_shape(out);
  return out;
}

}  // namespace lexecon::token
