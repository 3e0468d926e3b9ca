#include "chain/decision_scan.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/time.hpp"
#include "chain/scan_fields.hpp"
#include "chain/verdict_rules.hpp"
#include "json/parse.hpp"

namespace lexecon::chain {
namespace {

constexpr std::size_t max_matched = 32;
constexpr std::size_t max_data_classes = 32;
constexpr std::size_t max_reasons = 32;  // of a list that is held against itself here

bool is_line(const Word& word) { return !word.text.empty(); }
bool is_free(const Word& word) { return word.is_free_identifier(); }
bool is_actor(const Word& word) { return word.is_term("actor:"); }

/// Keeps the text of a free identifier.
auto free_into(std::string_view& out) {
  return [&out](const Word& word) {
    out = word.text;
    return is_free(word);
  };
}

bool is_engine(const Word& word) {
  constexpr std::string_view prefix = "lexecon-judge/";
  if (!word.text.starts_with(prefix)) return false;
  return parse_integer(word.text.substr(prefix.size())).value_or(0) >= 1;
}

bool is_via(const Word& word) {
  constexpr std::string_view hook = "hook:";
  return word.is_code() && (is_one_of(word.text, {"cli", "batch", "gate"}) ||
                            (word.text.starts_with(hook) && word.text.size() > hook.size()));
}

struct Policy {
  std::string_view hash;  // empty for null, as is the mode
  std::string_view mode;
  std::size_t matched = 0;
  std::size_t unmet = 0;
};

bool scan_policy(Forward& reader, Policy& out) {
  Word word;
  std::int64_t matched_count = 0;
  if (!reader.literal(R"({"hash":)")) return false;
  if (!reader.literal("null")) {
    if (!reader.hex(word, 64)) return false;
    out.hash = word.text;
  }
  if (!reader.literal(R"(,"matched":)") || !scan_list(reader, out.matched, false, is_line) ||
      !scan_count(reader, R"(,"matched_count":)", matched_count, 0, json::max_integer) ||
      out.matched !=
          std::min<std::uint64_t>(static_cast<std::uint64_t>(matched_count), max_matched)) {
    return false;
  }
  if (!reader.literal(R"(,"mode":)")) return false;
  if (!reader.literal("null")) {
    if (!reader.text(word) || !is_one_of(word.text, {"permissive", "strict", "paranoid"})) {
      return false;
    }
    out.mode = word.text;
  }
  const auto is_requirement = [](const Word& name) { return name.is_requirement(); };
  return out.hash.empty() == out.mode.empty() && reader.literal(R"(,"unmet":)") &&
         scan_list(reader, out.unmet, true, is_requirement) && reader.literal("}");
}

bool scan_responsibility(Forward& reader) {
  return scan_text(reader, R"({"level":)",
                   [](const Word& word) {
                     return is_one_of(word.text, {"automated", "full", "shared", "supervised"});
                   }) &&
         scan_text(reader, R"(,"maker":)",
                   [](const Word& word) {
                     return is_one_of(word.text,
                                      {"ai_system", "human_operator", "human_supervisor",
                                       "human_executive", "delegated", "emergency_override"});
                   }) &&
         reader.literal("}");
}

struct Spread {
  std::int64_t low = 100;
  std::int64_t high = 0;
};

bool scan_dimensions(Forward& reader, Spread& out) {
  if (!reader.literal("{")) return false;
  Word before;
  do {
    Word name;
    std::int64_t score = 0;
    if (!reader.text(name) || name.text <= before.text ||
        !is_one_of(name.text, {"security", "privacy", "compliance", "operational", "reputational",
                               "financial"}) ||
        !reader.literal(":") || !reader.integer(score, 0, 100)) {
      return false;
    }
    out = {std::min(out.low, score), std::max(out.high, score)};
    before = name;
  } while (reader.literal(","));
  return reader.literal("}");
}

/// `has_risk` is left false for null.
bool scan_risk(Forward& reader, std::string_view decision_id, bool& has_risk) {
  has_risk = !reader.literal("null");
  if (!has_risk) return true;
  Spread spread;
  Word level;
  Word id;
  std::size_t factors = 0;
  std::int64_t score = 0;
  return reader.literal(R"({"dimensions":)") && scan_dimensions(reader, spread) &&
         reader.literal(R"(,"factors":)") && scan_list(reader, factors, false, is_line) &&
         reader.literal(R"(,"level":)") && reader.text(level) && reader.literal(R"(,"risk_id":)") &&
         reader.text(id) && id.text.starts_with("rsk_") && id.text.substr(4) == decision_id &&
         scan_count(reader, R"(,"score":)", score, spread.low, spread.high) &&
         reader.literal("}") && is_level_of(level.text, score);
}

bool scan_usage(Forward& reader) {
  if (reader.literal("null")) return true;
  std::int64_t number = 0;
  return scan_count(reader, R"({"cost_micros":)", number, 0, json::max_integer) &&
         scan_count(reader, R"(,"input_tokens":)", number, 0, json::max_integer) &&
         scan_count(reader, R"(,"output_tokens":)", number, 0, json::max_integer) &&
         reader.literal("}");
}

/// The deciding code first, each code known and there once.
bool scan_reasons(Forward& reader, std::string_view deciding) {
  std::array<std::string_view, max_reasons> seen;
  std::size_t known = 0;
  std::size_t size = 0;
  const bool is_read = scan_list(reader, size, false, [&](const Word& word) {
    const auto end = seen.begin() + static_cast<std::ptrdiff_t>(known);
    if (known == seen.size() || !is_reason(word.text)) return false;
    if (known == 0 ? word.text != deciding : std::find(seen.begin(), end, word.text) != end) {
      return false;
    }
    seen.at(known++) = word.text;
    return true;
  });
  return is_read && size > 0;
}

/// The members up to the policy, with those that later ones are held against.
bool scan_head(Forward& reader, ScannedData& out, Policy& policy) {
  Word action;
  Word actor;
  Word at;
  Word id;
  Word outcome;
  std::size_t size = 0;
  if (!reader.literal(R"({"action":)") || !reader.text(action) || !action.is_term("action:") ||
      !reader.literal(R"(,"actor":)") || !reader.text(actor) || !is_actor(actor) ||
      !reader.literal(R"(,"at":)") || !reader.text(at) || !reader.literal(R"(,"data_classes":)") ||
      !scan_list(reader, size, true, [](const Word& word) { return word.is_term("data:"); }) ||
      size > max_data_classes || !reader.literal(R"(,"decision_id":)") || !reader.framed(id, 30) ||
      !id.is_decision_id() || !scan_text(reader, R"(,"engine":)", is_engine) ||
      !reader.literal(R"(,"facts":)") || !scan_facts(reader, out.view) ||
      !scan_text_or_null(reader, R"(,"idempotency_key":)", is_free) ||
      !scan_text_or_null(reader, R"(,"model":)", free_into(out.view.model)) ||
      !reader.literal(R"(,"outcome":)") || !reader.text(outcome) ||
      !reader.literal(R"(,"owners":)") || !scan_list(reader, size, true, is_actor) ||
      !reader.literal(R"(,"policy":)") || !scan_policy(reader, policy)) {
    return false;
  }
  out.at = at.text;
  out.view.action = action.text;
  out.view.actor = actor.text;
  out.view.decision_id = id.text;
  out.view.outcome = outcome.text;
  out.view.policy_hash = policy.hash;
  out.view.mode = policy.mode;
  return true;
}

/// From `prompt` to `risk`.
bool scan_verdict(Forward& reader, ScannedData& out, std::string_view& reason, bool& has_risk) {
  Word code;
  if (!scan_text_or_null(reader, R"(,"prompt":)", free_into(out.view.prompt)) ||
      !reader.literal(R"(,"reason_code":)") || !reader.text(code) ||
      !is_reason_of(out.view.outcome, code.text) ||
      !scan_text(reader, R"(,"reasoning":)", is_line) || !reader.literal(R"(,"reasons":)") ||
      !scan_reasons(reader, code.text) ||
      !scan_text_or_null(reader, R"(,"request_id":)", is_free) ||
      !reader.literal(R"(,"resource":)")) {
    return false;
  }
  reason = code.text;
  if (!reader.literal("null")) {
    Word resource;
    if (!reader.text(resource) || !resource.is_term("resource:")) return false;
    out.view.resource = resource.text;
  }
  return reader.literal(R"(,"responsibility":)") && scan_responsibility(reader) &&
         reader.literal(R"(,"risk":)") && scan_risk(reader, out.view.decision_id, has_risk);
}

bool scan_tail(Forward& reader, ScannedData& out) {
  if (!scan_text_or_null(reader, R"(,"tenant":)", free_into(out.view.tenant)) ||
      !reader.literal(R"(,"token":)")) {
    return false;
  }
  if (!reader.literal("null") &&
      (out.view.outcome != "approved" || !scan_token(reader, out.at, out.view.token.emplace()))) {
    return false;
  }
  return scan_text_or_null(reader, R"(,"tool":)", is_free) &&
         scan_text_or_null(reader, R"(,"trace_id":)", is_free) && reader.literal(R"(,"usage":)") &&
         scan_usage(reader) && scan_text(reader, R"(,"via":)", is_via) && reader.literal("}");
}

}  // namespace

bool scan_decision(Forward& reader, ScannedData& out) {
  std::string_view reason;
  Policy policy;
  bool has_risk = false;
  if (!scan_head(reader, out, policy) || !scan_verdict(reader, out, reason, has_risk) ||
      !scan_tail(reader, out)) {
    return false;
  }
  const auto guard = out.view.guard;
  if (is_guard(reason) ? guard != reason : !guard.empty()) return false;
  // Without a set there is little to say; the rules of that are for verdict_rule().
  return !policy.hash.empty();
}

}  // namespace lexecon::chain
