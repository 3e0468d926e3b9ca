#include "chain/event_shapes.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "chain/compliance_shapes.hpp"
#include "chain/custody_shapes.hpp"
#include "chain/decision_shape.hpp"
#include "chain/export_shapes.hpp"
#include "chain/gate_shapes.hpp"
#include "chain/incident_shapes.hpp"
#include "chain/people_shapes.hpp"
#include "chain/report_shapes.hpp"
#include "chain/witness_shapes.hpp"
#include "crypto/ed25519.hpp"

namespace lexecon::chain {
namespace {

constexpr std::size_t max_sshsig_bytes = 4096;

void purpose(const Json& value, const Place& at) { one_of({"token"}, "`token`", value, at); }

void four_eyes(const Json& value, const Place& at) {
  one_of({"double", "single"}, "double or single", value, at);
}

constexpr auto lost_members = std::to_array<Member>({
    {"root_hash", hex_64},
    {"tree_size", positive},
});
void lost(const Json& value, const Place& at) { members(value, at, lost_members); }

/// node.yaml, risk.yaml, or policies/[A-Za-z0-9][A-Za-z0-9._-]{0,99} of a known suffix.
void file_name(const Json& value, const Place& at) {
  constexpr std::string_view folder = "policies/";
  line(value, at);
  std::string_view name = value.get_ref<const std::string&>();
  if (name == "node.yaml" || name == "risk.yaml") return;
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const bool is_below = name.starts_with(folder);
  if (is_below) name.remove_prefix(folder.size());
  const bool has_suffix =
      name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
  if (!is_below || !has_suffix || name.size() > 100 || !is_alphanumeric(name.front()) ||
      !std::all_of(name.begin(), name.end(), [&](char c) {
        return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
      })) {
    refuse("node.yaml, risk.yaml or policies/<file>", at);
  }
}

constexpr auto file_members = std::to_array<Member>({
    {"name", file_name},
    {"sha256", hex_64},
});
void file(const Json& value, const Place& at) { members(value, at, file_members); }

void files(const Json& value, const Place& at) {
  items(value, at, file);
  const auto not_below = [](const Json& left, const Json& right) {
    return text_of(left, "name") >= text_of(right, "name");
  };
  if (std::adjacent_find(value.begin(), value.end(), not_below) != value.end()) {
    refuse("files in order of their names, each once", at);
  }
}

void armored_signature(const Json& value, const Place& at) {
  constexpr std::string_view expected = "an armored SSH signature";
  if (!value.is_string()) refuse(expected, at);
  const std::string& armor = value.get_ref<const std::string&>();
  if (armor.size() > max_sshsig_bytes || !armor.starts_with("-----BEGIN SSH SIGNATURE-----\n") ||
      !armor.ends_with("\n-----END SSH SIGNATURE-----\n")) {
    refuse(expected, at);
  }
}

constexpr auto approval_members = std::to_array<Member>({
    {"issued_at", entry_instant},
    {"nonce", hex_32},
    {"operator", name_id},
    {"role", role},
    {"sshsig", armored_signature},
    {"subject", line},
    {"subject_digest", hex_64},
});

void only_first(const Json&, const Place& at) {
  if (at.seq != 0) refuse("genesis only as the first entry", at);
}

void key_has_its_kid(const Json& data, const Place& at) {
  const auto raw = from_hex(text_of(data, "public_key"));
  if (!raw) refuse("64 lower-case hex digits", at.below("public_key"));
  const auto key = crypto::public_key(*raw, at.below("public_key").pointer());
  if (key.kid() != text_of(data, "kid")) refuse("the kid of this key", at.below("kid"));
}

void set_of_a_node(const Json& data, const Place& at) {
  const Json& listed = data.at("files");
  for (const std::string_view name : {"node.yaml", "risk.yaml"}) {
    if (std::none_of(listed.begin(), listed.end(),
                     [&](const Json& file) { return text_of(file, "name") == name; })) {
      refuse("the file `" + std::string(name) + "`", at.below("files"));
    }
  }
}

constexpr auto genesis =
    std::to_array<Member>({{"ledger_vkey", ledger_vkey}, {"node_id", name_id}});
constexpr auto reason_alone = std::to_array<Member>({{"reason", code}});
constexpr auto key_rotated = std::to_array<Member>(
    {{"ledger_vkey", ledger_vkey}, {"lost", or_null<lost>}, {"reason", code}});
constexpr auto key_added =
    std::to_array<Member>({{"kid", hex_16}, {"public_key", hex_64}, {"purpose", purpose}});
constexpr auto key_removed = std::to_array<Member>({{"kid", hex_16}, {"reason", code}});
constexpr auto clock_accepted = std::to_array<Member>({{"behind_seconds", positive}});
constexpr auto policy_activated = std::to_array<Member>({
    {"files", files},
    {"four_eyes", four_eyes},
    {"mode", mode},
    {"policy_hash", hex_64},
    {"previous_hash", or_null<hex_64>},
});
constexpr auto token_issued = std::to_array<Member>({
    {"at", entry_instant},
    {"decision_id", decision_id},
    {"facts", facts},
    {"policy_hash", hex_64},
    {"token", token_record},
});
constexpr auto token_used =
    std::to_array<Member>({{"jti", token_id}, {"token_hash", hex_64}, {"use", token_use}});
constexpr auto token_revoked =
    std::to_array<Member>({{"jti", token_id}, {"reason", code}, {"token_hash", hex_64}});
constexpr auto token_refused =
    std::to_array<Member>({{"jti", token_id}, {"reason", code}, {"token_hash", hex_64}});
std::vector<EventShape> with_others(std::vector<EventShape> shapes) {
  for (const auto others : {
           people_shapes(),
           custody_shapes(),
           export_shapes(),
           gate_shapes(),
           witness_shapes(),
           compliance_shapes(),
           incident_shapes(),
           report_shapes(),
       }) {
    shapes.insert(shapes.end(), others.begin(), others.end());
  }
  return shapes;
}

}  // namespace

void approval(const Json& value, const Place& at) { members(value, at, approval_members); }

std::span<const EventShape> event_shapes() {
  using enum Signing;
  static const std::vector<EventShape> table = with_others({
      {"genesis", genesis, never, only_first},
      {"log.closed", reason_alone, by_operator},
      {"key.rotated", key_rotated, by_operator},
      {"key.added", key_added, never, key_has_its_kid},
      {"key.removed", key_removed, by_operator},
      {"clock.accepted", clock_accepted},
      {"policy.activated", policy_activated, by_operator, set_of_a_node},
      {"decision", decision_members(), never, decision_rule},
      {"token.issued", token_issued, never, token_issued_rule},
      {"token.used", token_used},
      {"token.revoked", token_revoked},
      {"token.refused", token_refused},
  });
  return table;
}

}  // namespace lexecon::chain
