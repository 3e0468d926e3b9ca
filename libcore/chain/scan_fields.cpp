#include "chain/scan_fields.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "json/parse.hpp"

namespace lexecon::chain {
namespace {

constexpr std::int64_t max_token_life_micros = 86'400'000'000;
constexpr std::size_t up_to_second = 19;  // of YYYY-MM-DDTHH:MM:SS

bool is_audience(const Word& word) {
  return word.is(visible_alphabet) && !word.text.empty() && word.text.size() <= 255;
}

/// `at` cut to the second: a real time, since `at` is one.
bool is_cut_of(std::string_view second, std::string_view at) {
  return second.size() == up_to_second + 1 && second.ends_with('Z') &&
         second.substr(0, up_to_second) == at.substr(0, up_to_second);
}

/// From behind the bracket; each name above the one before.
bool scan_limits(Forward& reader) {
  if (reader.literal("]")) return true;
  Word before;
  do {
    Word name;
    std::int64_t number = 0;
    if (!scan_count(reader, R"({"allowed":)", number, 0, json::max_integer) ||
        !reader.literal(R"(,"name":)") || !reader.text(name) || !name.is_node_id() ||
        name.text <= before.text ||
        !scan_count(reader, R"(,"used":)", number, 0, json::max_integer) || !reader.literal("}")) {
      return false;
    }
    before = name;
  } while (reader.literal(","));
  return reader.literal("]");
}

bool is_registry_state(const Word& word) {
  return is_one_of(word.text,
                   {"unregistered", "registered", "approved", "expired", "rejected", "retired"});
}

/// Keeps the text of a state.
auto state_into(std::string_view& out) {
  return [&out](const Word& word) {
    out = word.text;
    return is_registry_state(word);
  };
}

/// The members behind the guard, when anything stands in them.
bool scan_custody(Forward& reader, DataView& out) {
  if (!reader.literal(R"(,"limits":[)") || !scan_limits(reader)) return false;
  if (!reader.literal(R"(,"registry":)")) return false;
  if (reader.literal("null}")) return true;
  return scan_text_or_null(reader, R"({"model":)", state_into(out.model_state)) &&
         scan_text_or_null(reader, R"(,"prompt":)", state_into(out.prompt_state)) &&
         reader.literal("}}");
}

}  // namespace

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

bool scan_facts(Forward& reader, DataView& out) {
  if (!reader.literal(R"({"approvals":[],"exceptions":[],"guard":)")) return false;
  if (reader.literal(R"(null,"limits":[],"registry":null})")) return true;
  if (reader.literal("null")) return scan_custody(reader, out);
  Word word;
  if (!reader.text(word) || !word.is_code() || !scan_custody(reader, out)) return false;
  out.guard = word.text;
  return true;
}

bool scan_token(Forward& reader, std::string_view at, TokenView& out) {
  Word exp;
  Word iat;
  Word jti;
  Word kid;
  Word hash;
  if (!scan_text(reader, R"({"aud":)", is_audience) || !reader.literal(R"(,"exp":)") ||
      !reader.framed(exp, 20) || !reader.literal(R"(,"iat":)") || !reader.framed(iat, 20) ||
      !reader.literal(R"(,"jti":)") || !reader.framed(jti, 36) || !is_token_id(jti) ||
      !reader.literal(R"(,"kid":)") || !reader.hex(kid, 16) ||
      !reader.literal(R"(,"token_hash":)") || !reader.hex(hash, 64) ||
      !scan_count(reader, R"(,"uses":)", out.uses, 1, 1'000'000) || !reader.literal("}")) {
    return false;
  }
  const auto expires = token_time(exp.text);
  const auto issued = token_time(iat.text);
  if (!expires || !issued || !is_cut_of(iat.text, at)) return false;
  const std::int64_t life = expires->micros - issued->micros;
  if (life <= 0 || life > max_token_life_micros) return false;
  out.jti = jti.text;
  out.token_hash = hash.text;
  out.expires_at = exp.text;
  out.kid = kid.text;
  return true;
}

bool is_token_id(const Word& word) { return word.is_hex_behind("tok_", 32); }

}  // namespace lexecon::chain
