#include "ledger/stories.hpp"

#include <array>

namespace lexecon::ledger {
namespace {

constexpr std::uint8_t no_digit = 0xFF;

constexpr auto values_of(std::string_view alphabet) {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = no_digit;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values.at(static_cast<unsigned char>(alphabet[i])) = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr auto hex = values_of("0123456789abcdef");
constexpr auto crockford = values_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

/// So many digits of `bits` each, at most 128 bits of them; nothing when one is of another alphabet.
std::optional<WideId> number(std::string_view digits, const std::array<std::uint8_t, 256>& values,
                             unsigned bits) {
  WideId id;
  for (const char c : digits) {
    const std::uint8_t digit = values.at(static_cast<unsigned char>(c));
    if (digit == no_digit) return std::nullopt;
    id.high = (id.high << bits) | (id.low >> (64U - bits));
    id.low = (id.low << bits) | digit;
  }
  return id;
}

std::optional<std::uint32_t> escalation_in(const chain::DataView& data) {
  const std::string_view id = data.escalation_id;
  if (id.size() < 8) return std::nullopt;
  const auto tail = number(id.substr(id.size() - 8), hex, 4);
  return tail ? std::optional(static_cast<std::uint32_t>(tail->low)) : std::nullopt;
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

}  // namespace

std::optional<WideId> decision_in(const chain::DataView& data) {
  const std::string_view id = data.decision_id;
  if (!id.starts_with("dec_") || id.size() != 30 || id[4] > '7') return std::nullopt;
  return number(id.substr(4), crockford, 5);
}

std::optional<WideId> token_in(const chain::DataView& data) {
  if (!data.token) return std::nullopt;
  const std::string_view jti = data.token->jti;
  if (!jti.starts_with("tok_") || jti.size() != 36) return std::nullopt;
  return number(jti.substr(4), hex, 4);
}

Fault DecisionStory::take(const chain::EntryView& entry) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  if (entry.event_type == "decision") return decide(*id, entry.data);
  if (entry.event_type == "token.issued") return issue(*id, entry.data);
  if (entry.event_type == "escalation.created") return escalate(*id, entry.data);
  return name_escalation(*id, entry.data);
}

DecisionStory::Decision* DecisionStory::find(const WideId& id) {
  const auto found = decisions_.find(id);
  return found == decisions_.end() ? nullptr : &found->second;
}

Fault DecisionStory::decide(const WideId& id, const chain::DataView& data) {
  const Decision decision{.escalation = {},
                          .approved = data.outcome == "approved",
                          .escalated = data.outcome == "escalated",
                          .has_token = data.token.has_value()};
  if (decisions_.emplace(id, decision).second) return std::nullopt;
  return "the decision " + quoted(data.decision_id) + " is there a second time";
}

Fault DecisionStory::issue(const WideId& id, const chain::DataView& data) {
  const std::string name = quoted(data.decision_id);
  Decision* const decision = find(id);
  if (decision == nullptr) return "the token is issued for " + name + ", which nobody decided";
  if (!decision->approved) return "the token is issued for " + name + ", which is not approved";
  if (decision->has_token) return name + " has its one token, and nobody approved another";
  decision->has_token = true;
  return std::nullopt;
}

Fault DecisionStory::escalate(const WideId& id, const chain::DataView& data) {
  const auto tail = escalation_in(data);
  if (!tail) return std::nullopt;
  const std::string name = quoted(data.decision_id);
  Decision* const decision = find(id);
  if (decision == nullptr) return "an escalation of " + name + ", which nobody decided";
  if (!decision->escalated) return "an escalation of " + name + ", which is not escalated";
  if (decision->escalation) return name + " is escalated a second time";
  decision->escalation = tail;
  return std::nullopt;
}

Fault DecisionStory::name_escalation(const WideId& id, const chain::DataView& data) {
  const auto tail = escalation_in(data);
  if (!tail) return std::nullopt;
  const Decision* const decision = find(id);
  if (decision != nullptr && decision->escalation == tail) return std::nullopt;
  return "the escalation " + quoted(data.escalation_id) + " was never created";
}

Fault TokenStory::take(const chain::EntryView& entry) {
  const auto id = token_in(entry.data);
  if (!id) return std::nullopt;
  const chain::TokenView& token = *entry.data.token;
  if (entry.event_type == "decision" || entry.event_type == "token.issued") {
    return issue(*id, token);
  }
  const auto hash = hash_from_hex(token.token_hash);
  if (!hash) return std::nullopt;
  const std::string name = "the token " + quoted(token.jti);
  const auto found = tokens_.find(*id);
  if (found == tokens_.end()) return name + " was never issued";
  if (found->second.hash != *hash) return name + " was issued with another hash";
  if (entry.event_type == "token.used") return use(found->second, entry);
  found->second.revoked = true;
  return std::nullopt;
}

Fault TokenStory::issue(const WideId& id, const chain::TokenView& token) {
  const auto hash = hash_from_hex(token.token_hash);
  const auto expires_at = token_time(token.expires_at);
  if (!hash || !expires_at) return std::nullopt;
  const Token issued{.hash = *hash, .expires_at = *expires_at, .uses = token.uses};
  if (tokens_.emplace(id, issued).second) return std::nullopt;
  return "the token " + quoted(token.jti) + " is issued a second time";
}

Fault TokenStory::use(Token& token, const chain::EntryView& entry) {
  const std::string name = "the token " + quoted(entry.data.token->jti);
  const std::int64_t use = entry.data.use;
  if (use == 0) return std::nullopt;
  if (token.revoked) return name + " is used after it was revoked";
  if (entry.timestamp >= token.expires_at) return name + " is used after it expired";
  if (use != token.used + 1) {
    return "use " + std::to_string(use) + " of " + name + " follows use " +
           std::to_string(token.used);
  }
  if (use > token.uses) return name + " is used more often than it may be";
  token.used = use;
  return std::nullopt;
}

}  // namespace lexecon::ledger
