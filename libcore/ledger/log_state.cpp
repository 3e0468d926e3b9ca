#include "ledger/log_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ids.hpp"

namespace lexecon::ledger {
namespace {

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

std::optional<WideId> decision_in(const chain::DataView& data) {
  const std::string_view id = data.decision_id;
  if (!is_prefixed_ulid(id, "dec_")) return std::nullopt;
  return number(id.substr(4), "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 5);
}

std::optional<WideId> token_in(const chain::TokenView& token) {
  const std::string_view id = token.jti;
  if (!id.starts_with("tok_") || !is_hex(id.substr(4), 32)) return std::nullopt;
  return number(id.substr(4), "0123456789abcdef", 4);
}

std::optional<std::uint32_t> escalation_in(const chain::DataView& data) {
  const std::string_view id = data.escalation_id;
  if (id.size() < 8 || !is_hex(id.substr(id.size() - 8), 8)) return std::nullopt;
  const auto tail = number(id.substr(id.size() - 8), "0123456789abcdef", 4);
  return tail ? std::optional(static_cast<std::uint32_t>(tail->low)) : std::nullopt;
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

}  // namespace

LogState::Fault LogState::take(const chain::EntryView& entry) {
  using Handler = Fault (LogState::*)(const chain::EntryView&);
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

LogState::Fault LogState::decide(const chain::EntryView& entry) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  const std::string_view name = entry.data.decision_id;
  if (find(*id) != nullptr) return "the decision " + quoted(name) + " is there a second time";
  const std::string_view outcome = entry.data.outcome;
  Decision* const decision =
      add({.id = *id, .approved = outcome == "approved", .escalated = outcome == "escalated"});
  if (decision->escalated) awaiting_.emplace(*id, entry.seq);
  if (entry.data.policy_hash != policy_hash_ || entry.data.mode != mode_) {
    return quoted(name) + " names a set or a mode that was not in force";
  }
  // No approval can be verified yet, so no verdict can rest on one.
  if (entry.data.rests_on_approvals) return quoted(name) + " rests on what nobody approved";
  if (!entry.data.token) return std::nullopt;
  decision->has_token = true;
  return add_token(*entry.data.token);
}

LogState::Fault LogState::issue(const chain::EntryView& entry) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  auto fault = entry.data.token ? add_token(*entry.data.token) : std::nullopt;
  const std::string name = quoted(entry.data.decision_id);
  Decision* const decision = find(*id);
  if (decision == nullptr) return "the token is issued for " + name + ", which nobody decided";
  if (!decision->approved) return "the token is issued for " + name + ", which is not approved";
  if (decision->has_token) return name + " has its one token, and nobody approved another";
  decision->has_token = true;
  if (entry.data.policy_hash != policy_hash_) {
    return "the token is issued under a set that was not in force";
  }
  if (entry.data.rests_on_approvals) return "the token rests on what nobody approved";
  return fault;
}

LogState::Fault LogState::add_token(const chain::TokenView& record) {
  const auto id = token_in(record);
  const auto hash = hash_from_hex(record.token_hash);
  const auto expires_at = token_time(record.expires_at);
  if (!id || !hash || !expires_at) return std::nullopt;
  const Token token{
      .hash = *hash, .expires_at = *expires_at, .uses = static_cast<std::int32_t>(record.uses)};
  if (!tokens_.emplace(*id, token).second) {
    return "the token " + quoted(record.jti) + " is issued a second time";
  }
  const auto key = key_in_force_.find(record.kid);
  if (key == key_in_force_.end() || !key->second) {
    return "the token is signed by " + quoted(record.kid) + ", a key that is not in force";
  }
  return std::nullopt;
}

LogState::Token* LogState::find_token(const chain::DataView& data, Fault& fault) {
  if (!data.token) return nullptr;
  const auto id = token_in(*data.token);
  const auto hash = hash_from_hex(data.token->token_hash);
  if (!id || !hash) return nullptr;
  const std::string name = "the token " + quoted(data.token->jti);
  const auto found = tokens_.find(*id);
  if (found == tokens_.end()) {
    fault = name + " was never issued";
    return nullptr;
  }
  if (found->second.hash != *hash) fault = name + " was issued with another hash";
  return &found->second;
}

LogState::Fault LogState::use(const chain::EntryView& entry) {
  Fault fault;
  Token* const token = find_token(entry.data, fault);
  if (token == nullptr || fault) return fault;
  const std::string name = "the token " + quoted(entry.data.token->jti);
  const auto use = static_cast<std::int32_t>(entry.data.use);
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

LogState::Fault LogState::revoke(const chain::EntryView& entry) {
  Fault fault;
  Token* const token = find_token(entry.data, fault);
  if (token != nullptr && !fault) token->revoked = true;
  return fault;
}

LogState::Fault LogState::open_escalation(const chain::EntryView& entry) {
  const auto id = decision_in(entry.data);
  const auto tail = escalation_in(entry.data);
  if (!id || !tail) return std::nullopt;
  const std::string name = quoted(entry.data.decision_id);
  Decision* const decision = find(*id);
  if (decision == nullptr) return "an escalation of " + name + ", which nobody decided";
  if (!decision->escalated) return "an escalation of " + name + ", which is not escalated";
  if (decision->has_escalation) return name + " is escalated a second time";
  decision->has_escalation = true;
  decision->escalation = *tail;
  awaiting_.erase(*id);
  return std::nullopt;
}

LogState::Fault LogState::name_escalation(const chain::EntryView& entry) {
  const auto id = decision_in(entry.data);
  const auto tail = escalation_in(entry.data);
  if (!id || !tail) return std::nullopt;
  const Decision* const decision = find(*id);
  if (decision != nullptr && decision->has_escalation && decision->escalation == *tail) {
    return std::nullopt;
  }
  return "the escalation " + quoted(entry.data.escalation_id) + " was never created";
}

LogState::Fault LogState::add_key(const chain::EntryView& entry) {
  const std::string_view kid = entry.data.kid;
  if (key_in_force_.emplace(kid, true).second) return std::nullopt;
  return "the key " + quoted(kid) + " is added a second time";
}

LogState::Fault LogState::remove_key(const chain::EntryView& entry) {
  const std::string_view kid = entry.data.kid;
  const auto key = key_in_force_.find(kid);
  if (key == key_in_force_.end()) return "the key " + quoted(kid) + " was never added";
  if (!std::exchange(key->second, false)) return "the key " + quoted(kid) + " was removed before";
  return std::nullopt;
}

LogState::Fault LogState::activate(const chain::EntryView& entry) {
  policy_hash_ = entry.data.policy_hash;
  mode_ = entry.data.mode;
  return std::nullopt;
}

}  // namespace lexecon::ledger
