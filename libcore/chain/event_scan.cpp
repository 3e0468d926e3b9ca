#include "base/ids.hpp"
#include "base/time.hpp"
#include "chain/decision_scan.hpp"
#include "chain/scan_fields.hpp"

namespace lexecon::chain {
namespace {

bool is_code(const Word& word) { return word.is_code(); }

template <std::size_t size>
bool read_token_id(Forward& reader, const char (&name)[size], TokenView& out) {
  Word word;
  if (!reader.literal(name) || !reader.framed(word, 36) || !is_token_id(word)) return false;
  out.jti = word.text;
  return true;
}

bool read_token_hash(Forward& reader, TokenView& out) {
  Word word;
  if (!reader.literal(R"(,"token_hash":)") || !reader.hex(word, 64)) return false;
  out.token_hash = word.text;
  return true;
}

bool scan_token_used(Forward& reader, DataView& out) {
  auto& token = out.token.emplace();
  return read_token_id(reader, R"({"jti":)", token) && read_token_hash(reader, token) &&
         scan_count(reader, R"(,"use":)", out.use, 1, 1'000'000) && reader.literal("}");
}

bool scan_token_revoked(Forward& reader, DataView& out) {
  auto& token = out.token.emplace();
  return read_token_id(reader, R"({"jti":)", token) &&
         scan_text(reader, R"(,"reason":)", is_code) && read_token_hash(reader, token) &&
         reader.literal("}");
}

bool scan_token_issued(Forward& reader, ScannedData& out) {
  Word at;
  Word decision;
  Word hash;
  if (!reader.literal(R"({"at":)") || !reader.framed(at, 27) || !entry_time(at.text) ||
      !reader.literal(R"(,"decision_id":)") || !reader.framed(decision, 30) ||
      !decision.is_decision_id() || !reader.literal(R"(,"facts":)") ||
      !scan_facts(reader, out.view) || !reader.literal(R"(,"policy_hash":)") ||
      !reader.hex(hash, 64) || !reader.literal(R"(,"token":)") ||
      !scan_token(reader, at.text, out.view.token.emplace()) || !reader.literal("}")) {
    return false;
  }
  out.at = at.text;
  out.view.decision_id = decision.text;
  out.view.policy_hash = hash.text;
  return true;
}

/// `esc_`, the decision's id, "_" and eight hex digits.
bool is_escalation_of(std::string_view id, std::string_view decision_id) {
  constexpr std::string_view prefix = "esc_";
  constexpr std::size_t digits = 8;
  return id.size() == prefix.size() + decision_id.size() + 1 + digits && id.starts_with(prefix) &&
         id.substr(prefix.size()).starts_with(decision_id) &&
         id[prefix.size() + decision_id.size()] == '_' &&
         lexecon::is_hex(id.substr(id.size() - digits), digits);
}

bool scan_escalation_created(Forward& reader, DataView& out) {
  Word decision;
  Word escalation;
  Word priority;
  std::size_t reasons = 0;
  if (!reader.literal(R"({"decision_id":)") || !reader.framed(decision, 30) ||
      !decision.is_decision_id() || !reader.literal(R"(,"escalation_id":)") ||
      !reader.text(escalation) || !is_escalation_of(escalation.text, decision.text) ||
      !reader.literal(R"(,"priority":)") || !reader.text(priority) ||
      !is_one_of(priority.text, {"critical", "high", "medium", "low"}) ||
      !reader.literal(R"(,"reasons":)") || !scan_list(reader, reasons, false, is_code) ||
      !reader.literal("}")) {
    return false;
  }
  out.decision_id = decision.text;
  out.escalation_id = escalation.text;
  return true;
}

}  // namespace

bool scan_event(std::string_view event_type, std::string_view data, ScannedData& out) {
  Forward reader(data);
  bool is_read = false;
  if (event_type == "token.used") is_read = scan_token_used(reader, out.view);
  if (event_type == "token.issued") is_read = scan_token_issued(reader, out);
  if (event_type == "escalation.created") is_read = scan_escalation_created(reader, out.view);
  if (event_type == "token.revoked") is_read = scan_token_revoked(reader, out.view);
  return is_read && reader.at_end();
}

}  // namespace lexecon::chain
