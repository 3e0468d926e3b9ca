#include "ledger/log_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "chain/event.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/registry_facts.hpp"

namespace lexecon::ledger {
namespace {

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

bool opens(std::string_view bytes) {
  const auto reading = read_bytes(bytes);
  return reading.view &&
         (reading.view->event_type == "decision" || reading.view->event_type == "token.issued");
}

/// Tells the story of each id that has one, and keeps the first fault.
void tell(Gathered& gathered, const LogState::Reread& reread, bool is_partial,
          const std::function<std::function<Fault(std::string_view bytes)>()>& new_story,
          std::optional<LogState::Finding>& first) {
  gathered.each_open([&](std::span<const std::uint64_t> seqs) {
    if (is_partial && !opens(reread(seqs.front()).value_or(""))) return;
    const auto story = new_story();
    for (const std::uint64_t seq : seqs) {
      const auto bytes = reread(seq);
      auto fault = bytes ? story(*bytes) : std::nullopt;
      if (fault && (!first || seq < first->seq)) first = {seq, *std::move(fault)};
    }
  });
}

/// The stories of decisions whose ids have one fingerprint.
class DecisionStories {
 public:
  /// The holders of the tokens that are issued are told to `holders`, what verdicts rest on to `exceptions`.
  DecisionStories(const authority::People& people, Holders& holders, Exceptions& exceptions)
      : people_(&people), holders_(&holders), exceptions_(&exceptions) {}

  Fault take(std::string_view bytes) {
    const auto reading = read_bytes(bytes, true);
    if (!reading.view) return std::nullopt;
    if (reading.view->data.decisions != nullptr) return name_several(*reading.view->data.decisions);
    if (!decision_in(reading.view->data)) return std::nullopt;
    const chain::Entry& entry = *reading.whole();
    if (!chain::has_shape(entry)) return std::nullopt;
    const std::string id(reading.view->data.decision_id);
    auto& story = stories_.try_emplace(id, *people_).first->second;
    if (entry.event_type == "decision") {
      named_[id] = versions_named(entry.data);
    } else if (entry.event_type == "token.issued" || entry.event_type == "gate.checked") {
      if (auto fault = registry_fault(people_->registrations, entry, named_[id])) return fault;
      exceptions_->rest_on(entry, story.asked(), story.facts(entry.timestamp).exceptions);
    }
    auto fault = story.take(entry, chain::entry_hash(bytes));
    if (entry.event_type == "token.issued" && !people_->stops.all().empty()) {
      holders_->try_emplace(
          std::string(reading.view->data.token->jti),
          Holder{story.asked().actor, story.asked().tenant.value_or(std::string())});
    }
    if (entry.event_type == "override.created") exceptions_->overridden(id, story.asked());
    return fault;
  }

 private:
  /// Of several decisions those that are told here: each was taken before.
  [[nodiscard]] Fault name_several(const Json& ids) const {
    if (stories_.empty()) return "it names a decision that is not on record before it";
    const auto here = decision_number(stories_.begin()->first);
    for (const auto& item : ids) {
      const auto id = item.is_string() ? item.get<std::string>() : std::string();
      const auto number = decision_number(id);
      if (!number || !are_told_together(*here, *number)) continue;
      const auto story = stories_.find(id);
      if (story == stories_.end() || story->second.asked().actor.empty()) {
        return quoted(std::string_view(id)) + " is not on record before it is named";
      }
    }
    return std::nullopt;
  }

  const authority::People* people_;
  Holders* holders_;
  Exceptions* exceptions_;
  std::map<std::string, authority::DecisionStory, std::less<>> stories_;
  std::map<std::string, VersionsNamed, std::less<>> named_;
};

}  // namespace

void LogState::reserve(std::size_t entries) {
  decisions_.reserve(entries);
  tokens_.reserve(entries);
}

Fault LogState::take(const chain::EntryView& entry, std::uint64_t seq) {
  using Handler = Fault (LogState::*)(const chain::EntryView&, std::uint64_t);
  static constexpr std::array<std::pair<std::string_view, Handler>, 25> handlers{{
      {"decision", &LogState::decide},
      {"token.issued", &LogState::issue},
      {"gate.checked", &LogState::pass_gate},
      {"token.used", &LogState::name_token},
      {"token.revoked", &LogState::name_token},
      {"escalation.created", &LogState::open_escalation},
      {"escalation.acknowledged", &LogState::name_decision},
      {"escalation.assigned", &LogState::name_decision},
      {"escalation.breached", &LogState::name_decision},
      {"escalation.raised", &LogState::name_decision},
      {"escalation.resolved", &LogState::name_decision},
      {"escalation.failed", &LogState::name_decision},
      {"decision.confirmed", &LogState::name_decision},
      {"override.created", &LogState::name_decision},
      {"responsibility.assigned", &LogState::name_decision},
      {"oversight.intervened", &LogState::name_decision},
      {"key.added", &LogState::add_key},
      {"key.removed", &LogState::remove_key},
      {"policy.activated", &LogState::activate},
      {"evidence.added", &LogState::add_evidence},
      {"evidence.linked", &LogState::link_evidence},
      {"compliance.declared", &LogState::link_evidence},
      {"incident.recorded", &LogState::name_decisions},
      {"incident.updated", &LogState::name_decisions},
      {"incident.reported", &LogState::link_evidence},
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

std::optional<LogState::Finding> LogState::finish(const Reread& reread, bool is_partial) {
  std::optional<Finding> first;
  Holders holders;
  Exceptions exceptions;
  tell(
      decisions_, reread, is_partial,
      [&] {
        return [stories = DecisionStories(*people_, holders, exceptions)](
                   std::string_view bytes) mutable { return stories.take(bytes); };
      },
      first);
  tell(
      tokens_, reread, is_partial,
      [this, &holders] {
        return [story = TokenStory(people_->stops, holders)](std::string_view bytes) mutable {
          const auto reading = read_bytes(bytes);
          return reading.view ? story.take(*reading.view) : std::nullopt;
        };
      },
      first);
  auto fault = exceptions_fault(std::move(exceptions), reread, is_partial);
  if (fault && (!first || fault->seq < first->seq)) first = std::move(fault);
  return first;
}

std::optional<LogState::Finding> LogState::exceptions_fault(Exceptions exceptions,
                                                            const Reread& reread,
                                                            bool is_partial) const {
  for (const std::uint64_t seq : excepted_) {
    const auto bytes = reread(seq);
    const auto reading = bytes ? read_bytes(*bytes, true) : EntryReading{};
    if (!reading.view || !chain::has_shape(*reading.whole())) continue;
    const auto& entry = *reading.whole();
    exceptions.rest_on(entry, authority::coverage_of(entry.data), {});
  }
  auto found = exceptions.first_fault(people_->overrides, is_partial);
  if (!found) return std::nullopt;
  return Finding{found->first, std::move(found->second)};
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
  if (entry.data.has_exceptions) excepted_.push_back(seq);
  // What people approve is one recorded decision, so its own verdict rests on no approval.
  if (entry.data.has_approvals) {
    return quoted(name) + " rests on what nobody approved";
  }
  if (auto fault = guard_fault(entry.data, seq)) return fault;
  if (auto fault = registry_fault(people_->registrations, entry, seq)) return fault;
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
  return signing_fault(entry.data);
}

// SECURITY: a stop that was overlooked, and one that nobody gave, are the same lie.
Fault LogState::guard_fault(const chain::DataView& data, std::uint64_t seq) const {
  const auto* const stop = people_->stops.find(data.actor, data.tenant, seq);
  const bool is_stopped = data.guard == "emergency_stop";
  if (stop != nullptr && !is_stopped) {
    return quoted(data.decision_id) + " was decided while `" + stop->id + "` stopped its actor";
  }
  if (stop == nullptr && is_stopped) {
    return quoted(data.decision_id) + " was denied by a stop, and there was none";
  }
  return std::nullopt;
}

Fault LogState::pass_gate(const chain::EntryView& entry, std::uint64_t seq) {
  if (const auto id = decision_in(entry.data)) decisions_.add(*id, seq, Naming::follows);
  if (entry.data.policy_hash == policy_hash_) return std::nullopt;
  return "the gate was asked under a set that was not in force";
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

Fault LogState::name_decision(const chain::EntryView& entry, std::uint64_t seq) {
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

Fault LogState::add_evidence(const chain::EntryView& entry, std::uint64_t /*seq*/) {
  constexpr std::size_t id_digits = 32;
  const std::string_view id = entry.data.evidence_id;
  if (id.empty()) return std::nullopt;
  if (!entry.sealed_hash || !id.ends_with(entry.sealed_hash->hex().substr(0, id_digits))) {
    return "the evidence " + quoted(id) + " is not named after its sealed content";
  }
  if (evidence_.emplace(id).second) return std::nullopt;
  return "the evidence " + quoted(id) + " is added a second time";
}

Fault LogState::link_evidence(const chain::EntryView& entry, std::uint64_t seq) {
  if (const auto id = decision_in(entry.data)) decisions_.add(*id, seq, Naming::follows);
  const std::string_view id = entry.data.evidence_id;
  if (id.empty() || evidence_.contains(id)) return std::nullopt;
  return "the evidence " + quoted(id) + " was never added";
}

Fault LogState::name_decisions(const chain::EntryView& entry, std::uint64_t seq) {
  if (entry.data.decisions == nullptr) return std::nullopt;
  for (const auto& item : *entry.data.decisions) {
    const auto id =
        item.is_string() ? decision_number(item.get_ref<const std::string&>()) : std::nullopt;
    if (id) decisions_.add(*id, seq, Naming::follows);
  }
  return std::nullopt;
}

}  // namespace lexecon::ledger
