#include "package/acta.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "crypto/hash.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"

namespace lexecon::package {
namespace {

constexpr std::string_view algorithm = "EdDSA";

[[noreturn]] void refuse(const std::string& what, const std::string& where = {}) {
  throw Error(ErrorCode::bad_input, what, where);
}

std::string_view answer_of(const std::string& outcome) {
  if (outcome == "approved") return "allow";
  if (outcome == "denied") return "deny";
  return "require_approval";
}

const Json& object_in(json::Reader& reader, const char* name) {
  const Json& value = reader.member(name);
  if (!value.is_object()) refuse("expected an object", reader.pointer(name));
  return value;
}

bool is_entry_time(const std::string& text) {
  const auto time = parse_time(text);
  return time && to_text(*time) == text;
}

}  // namespace

Json acta_payload(const chain::Entry& decision, const std::string& kid) {
  const auto& data = decision.data;
  const auto& tool = data.at("tool");
  return {{"action_ref", data.at("decision_id")},
          {"decision", answer_of(data.at("outcome").get_ref<const std::string&>())},
          {"issued_at", to_text(decision.timestamp)},
          {"issuer_id", kid},
          {"reason", data.at("reason_code")},
          {"tool_name", tool.is_null() ? data.at("action") : tool},
          {"type", acta_type}};
}

std::string sign_acta(const chain::Entry& decision, const crypto::SecretKey& key) {
  if (decision.event_type != "decision") {
    refuse("expected a decision for an ACTA receipt, `" + chain::entry_id(decision.seq) + "` is `" +
           decision.event_type + "`");
  }
  const auto kid = key.public_key().kid();
  const auto payload = acta_payload(decision, kid);
  const auto signature = to_hex(key.sign(json::canonical(payload)));
  return json::canonical({{"payload", payload},
                          {"signature", {{"alg", algorithm}, {"kid", kid}, {"sig", signature}}}});
}

bool is_acta(std::string_view bytes) {
  // What every lexecon receipt begins with: most are told apart without being read.
  if (bytes.starts_with(R"({"entry":)") || bytes.size() > max_acta_bytes) return false;
  try {
    const Json value = json::parse(bytes);
    return value.is_object() && !value.contains("schema") &&
           (value.contains("payload") || value.contains("signature"));
  } catch (const Error&) {
    return false;
  }
}

ActaReceipt parse_acta(std::string_view bytes) {
  if (bytes.size() > max_acta_bytes) refuse("expected an ACTA receipt of at most 256 KiB");
  const Json value = json::parse(bytes, "receipt");
  if (!value.is_object()) refuse("expected a receipt, which is an object");
  json::Reader reader(value);
  const Json& payload = object_in(reader, "payload");
  const Json& signature = object_in(reader, "signature");
  reader.finish();
  json::Reader members(signature, "/signature");
  if (members.text("alg") != algorithm) refuse("expected `EdDSA`", "/signature/alg");
  ActaReceipt out{payload, members.text("kid"), {}};
  const auto& hex = members.text("sig");
  if (!is_hex(hex, 128)) refuse("expected 128 lower-case hex digits", "/signature/sig");
  out.signature = from_hex(hex).value();
  for (const auto& [name, ignored] : signature.items()) {
    if (name != "alg" && name != "kid" && name != "sig") out.unsigned_members.push_back(name);
  }
  return out;
}

bool is_ours(const ActaReceipt& receipt) {
  const auto type = receipt.payload.find("type");
  return type != receipt.payload.end() && *type == acta_type;
}

void require_our_shape(const ActaReceipt& receipt) {
  if (!receipt.unsigned_members.empty()) refuse("its signature has a member that nobody signed");
  json::Reader reader(receipt.payload);
  const auto check = [&](const char* name, const char* expected, auto holds) {
    if (!holds(reader.text(name)))
      refuse(std::string("expected ") + expected, reader.pointer(name));
  };
  constexpr std::array answers{"allow", "deny", "require_approval"};
  check("type", "our type", [](const std::string& text) { return text == acta_type; });
  check("action_ref", "the id of a decision",
        [](const std::string& text) { return is_prefixed_ulid(text, "dec_"); });
  check("decision", "allow, deny or require_approval", [&](const std::string& text) {
    return std::find(answers.begin(), answers.end(), text) != answers.end();
  });
  check("issued_at", "the time of an entry", is_entry_time);
  check("issuer_id", "16 hex digits", [](const std::string& text) { return is_hex(text, 16); });
  check("reason", "a code", [](const std::string& text) { return is_code(text); });
  check("tool_name", "a tool or an action", [](const std::string& text) { return !text.empty(); });
  reader.finish();
}

std::optional<Hash> link_in(const Json& payload) {
  const auto link = payload.find("previousReceiptHash");
  if (link == payload.end() || !link->is_string()) return std::nullopt;
  constexpr std::string_view prefix = "sha256:";
  std::string_view hex = link->get_ref<const std::string&>();
  if (hex.starts_with(prefix)) hex.remove_prefix(prefix.size());
  return hash_from_hex(hex);
}

Hash acta_hash(std::string_view bytes) {
  if (bytes.size() > max_acta_bytes) refuse("expected an ACTA receipt of at most 256 KiB");
  return crypto::sha256(json::canonical(json::parse(bytes, "previous")));
}

}  // namespace lexecon::package
