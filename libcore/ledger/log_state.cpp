#include "ledger/log_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/entry_reading.hpp"

namespace lexecon::ledger {
namespace {

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

/// Tells the story of each id that has one, and keeps the first fault.
template <class Story>
void tell(Gathered& gathered, const LogState::Reread& reread,
          std::optional<LogState::Finding>& first) {
  gathered.each_open([&](std::span<const std::uint64_t> seqs) {
    Story story;
    for (const std::uint64_t seq : seqs) {
      const auto bytes = reread(seq);
      if (!bytes) continue;
      const auto reading = read_bytes(*bytes);
      auto fault = reading.view ? story.take(*reading.view) : std::nullopt;
      if (fault && (!first || seq < first->seq)) first = {seq, *std::move(fault)};
    }
  });
}

}  // namespace

void LogState::reserve(std::size_t entries) {
  decisions_.reserve(entries);
  tokens_.reserve(entries);
}

Fault LogState::take(const chain::EntryView& entry, std::uint64_t seq) {
  using Handler = Fault (LogState::*)(const chain::EntryView&, std::uint64_t);
  static constexpr std::array<std::pair<std::string_view, Handler>, 14> handlers{{
      {"decision", &LogState::decide},
      {"token.issued", &LogState::issue},
      {"token.used", &LogState::name_token},
      {"token.revoked", &LogState::name_token},
      {"escalation.created", &LogState::open_escalation},
      {"escalation.acknowledged", &LogState::name_escalation},
      {"escalation.breached", &LogState::name_escalation},
      {"escalation.raised", &LogState::name_escalation},
      {"escalation.assigned", &LogState::name_escalation},
      {"escalation.resolved", &LogState::name_escalation},
      {"escalation.failed", &LogState::name_escalation},
      {"key.added", &LogState::add_key},
      {"key.removed", &LogState::remove_key},
      {"policy.activated", &LogState::activate},
  }};
  for (const auto& [event_type, handler] : handlers) {
    if (entry.event_type == event_type) return (this->*handler)(entry, seq);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> LogState::without_escalation() const {
  std::optional<std::uint64_t> first;
  for (const auto& [id, seq] : awaiting_) first = std::min(first.value_or(seq), seq);
  return first;
}

std::optional<LogState::Finding> LogState::finish(const Reread& reread) {
  std::optional<Finding> first;
  tell<DecisionStory>(decisions_, reread, first);
  tell<TokenStory>(tokens_, reread, first);
  return first;
}

Fault LogState::decide(const chain::EntryView& entry, std::uint64_t seq) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  decisions_.add(*id, seq, Naming::opens);
  gather_token(entry.data, seq, Naming::opens);
  if (entry.data.outcome == "escalated") awaiting_.emplace(*id, seq);
  const std::string_view name = entry.data.decision_id;
  if (entry.data.policy_hash != policy_hash_ || entry.data.mode != mode_) {
    return quoted(name) + " names a set or a mode that was not in force";
  }
  // No approval can be verified yet, so no verdict can rest on one.
  if (entry.data.rests_on_approvals) return quoted(name) + " rests on what nobody approved";
  return signing_fault(entry.data);
}

Fault LogState::issue(const chain::EntryView& entry, std::uint64_t seq) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  decisions_.add(*id, seq, Naming::follows);
  gather_token(entry.data, seq, Naming::opens);
  if (entry.data.policy_hash != policy_hash_) {
    return "the token is issued under a set that was not in force";
  }
  if (entry.data.rests_on_approvals) return "the token rests on what nobody approved";
  return signing_fault(entry.data);
}

Fault LogState::name_token(const chain::EntryView& entry, std::uint64_t seq) {
  gather_token(entry.data, seq, Naming::follows);
  return std::nullopt;
}

void LogState::gather_token(const chain::DataView& data, std::uint64_t seq, Naming naming) {
  if (const auto id = token_in(data)) tokens_.add(*id, seq, naming);
}

Fault LogState::signing_fault(const chain::DataView& data) const {
  if (!token_in(data)) return std::nullopt;
  const auto key = key_in_force_.find(data.token->kid);
  if (key != key_in_force_.end() && key->second) return std::nullopt;
  return "the token is signed by " + quoted(data.token->kid) + ", a key that is not in force";
}

Fault LogState::open_escalation(const chain::EntryView& entry, std::uint64_t seq) {
  const auto id = decision_in(entry.data);
  if (!id) return std::nullopt;
  const bool is_awaited = awaiting_.erase(*id) != 0;
  decisions_.add(*id, seq, is_awaited ? Naming::expected : Naming::follows);
  return std::nullopt;
}

Fault LogState::name_escalation(const chain::EntryView& entry, std::uint64_t seq) {
  if (const auto id = decision_in(entry.data)) decisions_.add(*id, seq, Naming::follows);
  return std::nullopt;
}

Fault LogState::add_key(const chain::EntryView& entry, std::uint64_t /*seq*/) {
  const std::string_view kid = entry.data.kid;
  if (key_in_force_.emplace(kid, true).second) return std::nullopt;
  return "the key " + quoted(kid) + " is added a second time";
}

Fault LogState::remove_key(const chain::EntryView& entry, std::uint64_t /*seq*/) {
  const std::string_view kid = entry.data.kid;
  const auto key = key_in_force_.find(kid);
  if (key == key_in_force_.end()) return "the key " + quoted(kid) + " was never added";
  if (!std::exchange(key->second, false)) return "the key " + quoted(kid) + " was removed before";
  return std::nullopt;
}

Fault LogState::activate(const chain::EntryView& entry, std::uint64_t /*seq*/) {
  policy_hash_ = entry.data.policy_hash;
  mode_ = entry.data.mode;
  return std::nullopt;
}

}  // namespace lexecon::ledger
