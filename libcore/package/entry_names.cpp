#include "package/entry_names.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "json/slices.hpp"

namespace lexecon::package {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t ulid_size = 26;

/// Entries of these may belong to a decision.
bool is_of_stories(std::string_view event_type) {
  static constexpr std::array subjects{"decision"sv,  "escalation"sv,     "evidence"sv,
                                       "gate"sv,      "limit"sv,          "override"sv,
                                       "oversight"sv, "responsibility"sv, "token"sv};
  return std::find(subjects.begin(), subjects.end(), subject_of(event_type)) != subjects.end();
}

std::string_view behind(std::string_view id, std::string_view prefix) {
  return id.starts_with(prefix) ? id.substr(prefix.size()) : std::string_view();
}

std::optional<ShortId> hex(std::string_view text) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != 16) return std::nullopt;
  ShortId out;
  for (const char c : *bytes) {
    const auto value = static_cast<unsigned char>(c);
    out = {.high = out.high << 8U | out.low >> 56U, .low = out.low << 8U | value};
  }
  return out;
}

}  // namespace

std::string_view subject_of(std::string_view event_type) {
  return event_type.substr(0, event_type.find('.'));
}

std::string_view text_member(std::string_view object, std::string_view name) {
  return json::unquoted(json::slice(object, name));
}

std::optional<ShortId> short_ulid(std::string_view text) {
  constexpr auto digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"sv;
  if (text.size() != ulid_size || text.front() > '7') return std::nullopt;
  ShortId out;
  for (const char c : text) {
    const auto value = digits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    out = {.high = out.high << 5U | out.low >> 59U, .low = out.low << 5U | value};
  }
  return out;
}

EntryNames names_of(std::string_view event_type, std::string_view data) {
  constexpr std::size_t hex_size = 32;
  const bool is_of_evidence = subject_of(event_type) == "evidence" ||
                              event_type == "compliance.declared" ||
                              event_type == "incident.reported";
  if (!is_of_stories(event_type) && !is_of_evidence) return {};
  EntryNames out;
  out.decision = short_ulid(behind(text_member(data, "decision_id"), "dec_"));
  if (event_type == "override.enacted") {
    out.decision =
        short_ulid(behind(text_member(data, "override_id"), "ovr_dec_").substr(0, ulid_size));
  }
  const bool issues = event_type == "decision" || event_type == "token.issued";
  const auto token = issues ? json::slice(data, "token") : data;
  if (issues || subject_of(event_type) == "token") {
    out.token = hex(behind(text_member(token, "jti"), "tok_"));
  }
  if (is_of_evidence) {
    const auto id = text_member(data, "evidence_id");
    out.evidence = hex(id.substr(id.size() - std::min(id.size(), hex_size)));
  }
  return out;
}

}  // namespace lexecon::package
