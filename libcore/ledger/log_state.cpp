#include "ledger/log_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ids.hpp"

namespace lexecon::ledger {
namespace {

const Json& member(const Json& object, const char* name) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string_view text(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_string() ? std::string_view(value.get_ref<const std::string&>())
                           : std::string_view();
}

std::int32_t uses(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.is_number_integer()) return 0;
  const auto number = value.get<std::int64_t>();
  return number < 1 || number > 1'000'000 ? 0 : static_cast<std::int32_t>(number);
}

/// So many digits of `bits` each, at most 128 bits of them; nothing when one is of another alphabet.
std::optional<WideId> number(std::string_view digits, std::string_view alphabet, unsigned bits) {
  WideId id;
  for (const char c : digits) {
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    id.high = (id.high << bits) | (id.low >> (64U - bits));
    id.low = (id.low << bits) | digit;
  }
  return id;
}

std::optional<WideId> decision_in(const Json& data) {
  const std::string_view id = text(data, "decision_id");
  if (!is_prefixed_ulid(id, "dec_")) return std::nullopt;
  return number(id.substr(4), "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 5);
}

std::optional<WideId> token_in(const Json& data) {
  const std::string_view id = text(data, "jti");
  if (!id.starts_with("tok_") || !is_hex(id.substr(4), 32)) return std::nullopt;
  return number(id.substr(4), "0123456789abcdef", 4);
}

std::optional<std::uint32_t> escalation_in(const Json& data) {
  const std::string_view id = text(data, "escalation_id");
  if (id.size() < 8 || !is_hex(id.substr(id.size() - 8), 8)) return std::nullopt;
  const auto tail = number(id.substr(id.size() - 8), "0123456789abcdef", 4);
  return tail ? std::optional(static_cast<std::uint32_t>(tail->low)) : std::nullopt;
}

/// No approval can be verified yet, so no verdict can rest on one.
bool rests_on_approvals(const Json& data) {
  const Json& facts = member(data, "facts");
  const Json& approvals = member(facts, "approvals");
  const Json& exceptions = member(facts, "exceptions");
  return (approvals.is_array() && !approvals.empty()) ||
         (exceptions.is_array() && !exceptions.empty());
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

}  // namespace

LogState::Fault LogState::take(const chain::Entry& entry) {
  using Handler = Fault (LogState::*)(const chain::Entry&);
  static constexpr std::array<std::pair<std::string_view, Handler>, 11> handlers{{
      {"decision", &LogState::decide},
      {"token.issued", &LogState::issue},
      {"token.used", &LogState::use},
      {"token.revoked", &LogState::revoke},
      {"escalation.created", &LogState::open_escalation},
      {"escalation.acknowledged", &LogState::name_escalation},
      {"escalation.breached", &LogState::name_escalation},
      {"escalation.raised", &LogState::name_escalation},
      {"key.added", &LogState::add_key},
      {"key.removed", &LogState::remove_key},
      {"policy.activated", &LogState::activate},
  }};
  for (const auto& [event_type, handler] : handlers) {
    if (entry.event_type == event_type) return (this->*handler)(entry);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> LogState::without_escalation() const {
  std::optional<std::uint64_t> first;
  for (const auto& [id, seq] : awaiting_) first = std::min(first.value_or(seq), seq);
  return first;
}

LogState::Decision* LogState::find(const WideId& id) {
  const auto by_id = [](const Decision& decision, const WideId& wanted) {
    return decision.id < wanted;
  };
  const auto found = std::lower_bound(decisions_.begin(), decisions_.end(), id, by_id);
  if (found != decisions_.end() && found->id == id) return &*found;
  const auto late = late_.find(id);
  return late == late_.end() ? nullptr : &late->second;
}

LogState::Decision* LogState::add(const Decision& decision) {
  if (decisions_.empty() || decisions_.back().id < decision.id) {
    decisions_.push_back(decision);
    return &decisions_.back();
  }
  return &late_.emplace(decision.id, decision).first->second;
}

LogState::Fault LogState::decide(const chain::Entry& entry) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  const std::string_view name = text(entry.data, "decision_id");
  if (find(*id) != nullptr) return "the decision " + quoted(name) + " is there a second time";
  const std::string_view outcome = text(entry.data, "outcome");
  Decision* const decision =
      add({.id = *id, .approved = outcome == "approved", .escalated = outcome == "escalated"});
  if (decision->escalated) awaiting_.emplace(*id, entry.seq);
  const Json& policy = member(entry.data, "policy");
  if (text(policy, "hash") != policy_hash_ || text(policy, "mode") != mode_) {
    return quoted(name) + " names a set or a mode that was not in force";
  }
  if (rests_on_approvals(entry.data)) return quoted(name) + " rests on what nobody approved";
  const Json& token = member(entry.data, "token");
  if (token.is_null()) return std::nullopt;
  decision->has_token = true;
  return add_token(token);
}

LogState::Fault LogState::issue(const chain::Entry& entry) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  auto fault = add_token(member(entry.data, "token"));
  const std::string name = quoted(text(entry.data, "decision_id"));
  Decision* const decision = find(*id);
  if (decision == nullptr) return "the token is issued for " + name + ", which nobody decided";
  if (!decision->approved) return "the token is issued for " + name + ", which is not approved";
  if (decision->has_token) return name + " has its one token, and nobody approved another";
  decision->has_token = true;
  if (text(entry.data, "policy_hash") != policy_hash_) {
    return "the token is issued under a set that was not in force";
  }
  if (rests_on_approvals(entry.data)) return "the token rests on what nobody approved";
  return fault;
}

LogState::Fault LogState::add_token(const Json& record) {
  const auto id = token_in(record);
  const auto hash = hash_from_hex(text(record, "token_hash"));
  const auto expires_at = token_time(text(record, "exp"));
  if (!id || !hash || !expires_at) return std::nullopt;
  const Token token{.hash = *hash, .expires_at = *expires_at, .uses = uses(record, "uses")};
  if (!tokens_.emplace(*id, token).second) {
    return "the token " + quoted(text(record, "jti")) + " is issued a second time";
  }
  const auto key = key_in_force_.find(text(record, "kid"));
  if (key == key_in_force_.end() || !key->second) {
    return "the token is signed by " + quoted(text(record, "kid")) + ", a key that is not in force";
  }
  return std::nullopt;
}

LogState::Token* LogState::find_token(const Json& data, Fault& fault) {
  const auto id = token_in(data);
  const auto hash = hash_from_hex(text(data, "token_hash"));
  if (!id || !hash) return nullptr;
  const std::string name = "the token " + quoted(text(data, "jti"));
  const auto found = tokens_.find(*id);
  if (found == tokens_.end()) {
    fault = name + " was never issued";
    return nullptr;
  }
  if (found->second.hash != *hash) fault = name + " was issued with another hash";
  return &found->second;
}

LogState::Fault LogState::use(const chain::Entry& entry) {
  Fault fault;
  Token* const token = find_token(entry.data, fault);
  if (token == nullptr || fault) return fault;
  const std::string name = "the token " + quoted(text(entry.data, "jti"));
  const std::int32_t use = uses(entry.data, "use");
  if (use == 0) return std::nullopt;
  if (token->revoked) return name + " is used after it was revoked";
  if (entry.timestamp >= token->expires_at) return name + " is used after it expired";
  if (use != token->used + 1) {
    return "use " + std::to_string(use) + " of " + name + " follows use " +
           std::to_string(token->used);
  }
  if (use > token->uses) return name + " is used more often than it may be";
  token->used = use;
  return std::nullopt;
}

LogState::Fault LogState::revoke(const chain::Entry& entry) {
  Fault fault;
  Token* const token = find_token(entry.data, fault);
  if (token != nullptr && !fault) token->revoked = true;
  return fault;
}

LogState::Fault LogState::open_escalation(const chain::Entry& entry) {
  const auto id = decision_in(entry.data);
  const auto tail = escalation_in(entry.data);
  if (!id || !tail) return std::nullopt;
  const std::string name = quoted(text(entry.data, "decision_id"));
  Decision* const decision = find(*id);
  if (decision == nullptr) return "an escalation of " + name + ", which nobody decided";
  if (!decision->escalated) return "an escalation of " + name + ", which is not escalated";
  if (decision->has_escalation) return name + " is escalated a second time";
  decision->has_escalation = true;
  decision->escalation = *tail;
  awaiting_.erase(*id);
  return std::nullopt;
}

LogState::Fault LogState::name_escalation(const chain::Entry& entry) {
  const auto id = decision_in(entry.data);
  const auto tail = escalation_in(entry.data);
  if (!id || !tail) return std::nullopt;
  const Decision* const decision = find(*id);
  if (decision != nullptr && decision->has_escalation && decision->escalation == *tail) {
    return std::nullopt;
  }
  return "the escalation " + quoted(text(entry.data, "escalation_id")) + " was never created";
}

LogState::Fault LogState::add_key(const chain::Entry& entry) {
  const std::string_view kid = text(entry.data, "kid");
  if (key_in_force_.emplace(kid, true).second) return std::nullopt;
  return "the key " + quoted(kid) + " is added a second time";
}

LogState::Fault LogState::remove_key(const chain::Entry& entry) {
  const std::string_view kid = text(entry.data, "kid");
  const auto key = key_in_force_.find(kid);
  if (key == key_in_force_.end()) return "the key " + quoted(kid) + " was never added";
  if (!std::exchange(key->second, false)) return "the key " + quoted(kid) + " was removed before";
  return std::nullopt;
}

LogState::Fault LogState::activate(const chain::Entry& entry) {
  policy_hash_ = text(entry.data, "policy_hash");
  mode_ = text(entry.data, "mode");
  return std::nullopt;
}

}  // namespace lexecon::ledger
