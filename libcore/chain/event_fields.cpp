#include "chain/event_fields.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "chain/term.hpp"
#include "crypto/identity.hpp"
#include "crypto/ssh_signer.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"

namespace lexecon::chain {
namespace {

using Fits = bool (*)(std::string_view);

std::string_view text(const Json& value, const Place& at, std::string_view expected) {
  if (!value.is_string()) refuse(expected, at);
  return value.get_ref<const std::string&>();
}

void text_that(Fits fits, std::string_view expected, const Json& value, const Place& at) {
  if (!fits(text(value, at, expected))) refuse(expected, at);
}

std::int64_t integer(const Json& value, const Place& at, std::int64_t low, std::int64_t high) {
  const bool is_huge = value.is_number_unsigned() &&
                       value.get<std::uint64_t>() > static_cast<std::uint64_t>(json::max_integer);
  const auto number =
      value.is_number_integer() && !is_huge ? value.get<std::int64_t>() : json::max_integer + 1;
  if (number < low || number > high) {
    refuse("an integer from " + std::to_string(low) + " to " + std::to_string(high), at);
  }
  return number;
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_requirement(std::string_view name) {
  return !name.empty() && name.size() <= 100 && is_alphanumeric(name.front()) &&
         (name.front() < '0' || name.front() > '9') &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_alphanumeric(c) || c == '_'; });
}

bool is_line(std::string_view line) {
  return !line.empty() && std::all_of(line.begin(), line.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  });
}

/// `prefix`, a decision's id, "_" and eight hex digits.
bool is_id_of_decision(std::string_view id, std::string_view prefix) {
  constexpr std::size_t tail = 9;
  if (!id.starts_with(prefix) || id.size() < prefix.size() + tail) return false;
  id.remove_prefix(prefix.size());
  const std::string_view end = id.substr(id.size() - tail);
  return end.front() == '_' && is_hex(end.substr(1), tail - 1) &&
         is_prefixed_ulid(id.substr(0, id.size() - tail), "dec_");
}

/// Runs a reader of keys, and turns its refusal into one that names the member.
template <class Read>
void readable(Read read, std::string_view expected, const Place& at) {
  try {
    static_cast<void>(read());
  } catch (const Error& error) {
    throw Error(error.code(), "expected " + std::string(expected) + ": " + error.message(),
                at.pointer());
  }
}

}  // namespace

std::string Place::pointer() const {
  return (above == nullptr ? std::string() : above->pointer()) + "/" + json::pointer_token(name);
}

void refuse(std::string_view expected, const Place& at) {
  throw Error(ErrorCode::bad_input, "expected " + std::string(expected), at.pointer());
}

void members(const Json& value, const Place& at, std::span<const Member> listed,
             const Member* optional) {
  if (!value.is_object()) refuse("an object", at);
  std::size_t known = 0;
  for (const Member& member : listed) {
    const auto found = value.find(member.name);
    if (found == value.end()) refuse("a member `" + std::string(member.name) + "`", at);
    member.check(*found, at.below(member.name));
    ++known;
  }
  if (optional != nullptr) {
    if (const auto found = value.find(optional->name); found != value.end()) {
      optional->check(*found, at.below(optional->name));
      ++known;
    }
  }
  if (known == value.size()) return;
  for (const auto& [name, ignored] : value.items()) {
    const auto is_it = [&name = name](const Member& member) { return member.name == name; };
    const bool is_listed = std::any_of(listed.begin(), listed.end(), is_it) ||
                           (optional != nullptr && is_it(*optional));
    if (!is_listed) refuse("no other member", at.below(name));
  }
}

void items(const Json& value, const Place& at, Check check) {
  if (!value.is_array()) refuse("a list", at);
  std::size_t index = 0;
  for (const Json& item : value) check(item, at.below(std::to_string(index++)));
}

void ascending_items(const Json& value, const Place& at, Check check) {
  items(value, at, check);
  const auto not_below = [](const Json& left, const Json& right) {
    return left.get_ref<const std::string&>() >= right.get_ref<const std::string&>();
  };
  if (std::adjacent_find(value.begin(), value.end(), not_below) != value.end()) {
    refuse("texts that ascend and are unique", at);
  }
}

void line(const Json& value, const Place& at) { text_that(is_line, "a line of text", value, at); }
void code(const Json& value, const Place& at) {
  text_that(is_code, "a code [a-z0-9][a-z0-9_.:-]{0,127}", value, at);
}
void free_identifier(const Json& value, const Place& at) {
  text_that(is_free_identifier, "an identifier [A-Za-z0-9._:@/+-]{1,128}", value, at);
}
void name_id(const Json& value, const Place& at) {
  text_that(is_node_id, "an id [a-z0-9][a-z0-9._-]{0,63}", value, at);
}
void hex_16(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_hex(t, 16); }, "16 lower-case hex digits", value,
            at);
}
void hex_32(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_hex(t, 32); }, "32 lower-case hex digits", value,
            at);
}
void hex_64(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_hex(t, 64); }, "64 lower-case hex digits", value,
            at);
}
void entry_instant(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return entry_time(t).has_value(); },
            "a real time `YYYY-MM-DDTHH:MM:SS.ffffffZ`", value, at);
}
void token_instant(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return token_time(t).has_value(); },
            "a real time `YYYY-MM-DDTHH:MM:SSZ`", value, at);
}
void requirement(const Json& value, const Place& at) {
  text_that(is_requirement, "a requirement [A-Za-z][A-Za-z0-9_]{0,99}", value, at);
}
void actor_term(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_term(t, "actor:"); }, "an id `actor:...`", value,
            at);
}
void action_term(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_term(t, "action:"); }, "an id `action:...`", value,
            at);
}
void resource_term(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_term(t, "resource:"); }, "an id `resource:...`",
            value, at);
}
void data_term(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_term(t, "data:"); }, "an id `data:...`", value, at);
}

void one_of(std::initializer_list<std::string_view> known, std::string_view expected,
            const Json& value, const Place& at) {
  if (std::find(known.begin(), known.end(), text(value, at, expected)) == known.end()) {
    refuse(expected, at);
  }
}

void mode(const Json& value, const Place& at) {
  one_of({"permissive", "strict", "paranoid"}, "permissive, strict or paranoid", value, at);
}
void outcome(const Json& value, const Place& at) {
  one_of({"approved", "conditional", "escalated", "denied"},
         "approved, conditional, escalated or denied", value, at);
}
void priority(const Json& value, const Place& at) {
  one_of({"critical", "high", "medium", "low"}, "critical, high, medium or low", value, at);
}
void role(const Json& value, const Place& at) {
  one_of({"viewer", "auditor", "compliance_officer", "admin"},
         "viewer, auditor, compliance_officer or admin", value, at);
}

void decision_id(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_prefixed_ulid(t, "dec_"); }, "`dec_<ULID>`", value,
            at);
}
void escalation_id(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_id_of_decision(t, "esc_"); },
            "`esc_dec_<ULID>_<8 hex>`", value, at);
}
void override_id(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return is_id_of_decision(t, "ovr_"); },
            "`ovr_dec_<ULID>_<8 hex>`", value, at);
}
void token_id(const Json& value, const Place& at) {
  text_that([](std::string_view t) { return t.starts_with("tok_") && is_hex(t.substr(4), 32); },
            "`tok_<32 hex>`", value, at);
}

void ledger_vkey(const Json& value, const Place& at) {
  const std::string_view vkey = text(value, at, "a vkey");
  readable([&] { return crypto::parse_vkey(vkey); }, "a vkey", at);
}
void ssh_signer(const Json& value, const Place& at) {
  const std::string_view key = text(value, at, "`<type> <base64>`");
  readable([&] { return crypto::parse_ssh_signer(key); }, "`<type> <base64>`", at);
}

void count(const Json& value, const Place& at) {
  static_cast<void>(integer(value, at, 0, json::max_integer));
}
void positive(const Json& value, const Place& at) {
  static_cast<void>(integer(value, at, 1, json::max_integer));
}
void percent(const Json& value, const Place& at) { static_cast<void>(integer(value, at, 0, 100)); }
void token_use(const Json& value, const Place& at) {
  static_cast<void>(integer(value, at, 1, 1'000'000));
}
void earlier_seq(const Json& value, const Place& at) {
  const std::int64_t seq = integer(value, at, 0, json::max_integer);
  if (static_cast<std::uint64_t>(seq) >= at.seq) {
    refuse("a seq below " + std::to_string(at.seq) + ", that of its own entry", at);
  }
}

void earlier_seqs(const Json& value, const Place& at) {
  items(value, at, earlier_seq);
  if (value.empty()) refuse("at least one seq", at);
  const auto not_below = [](const Json& left, const Json& right) {
    return left.get<std::int64_t>() >= right.get<std::int64_t>();
  };
  if (std::adjacent_find(value.begin(), value.end(), not_below) != value.end()) {
    refuse("seqs that ascend and are unique", at);
  }
}

std::string_view text_of(const Json& data, const char* name) {
  return data.at(name).get_ref<const std::string&>();
}

}  // namespace lexecon::chain
