#include "authority/registrations.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::authority {
namespace {

using decision::RegistryState;

std::string text(const Json& object, std::string_view name) {
  return object.at(std::string(name)).get<std::string>();
}

std::string signer_of(const chain::Entry& entry) {
  return text(entry.data.at("approval"), "operator");
}

std::string named(const Registration& registration) {
  return "the " + std::string(to_string(registration.kind)) + " `" + registration.id + "`";
}

RegistryStep step_of(const chain::Entry& entry, RegistryState state) {
  const auto expires_at = entry.data.value("expires_at", Json());
  return {.seq = entry.seq,
          .at = entry.timestamp,
          .operator_id = signer_of(entry),
          .state = state,
          .expires_at = expires_at.is_null()
                            ? std::nullopt
                            : entry_time(expires_at.get_ref<const std::string&>())};
}

Fault cannot_be(const Registration& registration, RegistryState state, const std::string& why) {
  return named(registration) + " is " + std::string(decision::to_string(state)) + why;
}

/// What an entry of this type leads to; nothing when it is none of a registry's.
std::optional<RegistryState> state_named(std::string_view event_type) {
  const auto verb = event_type.substr(event_type.find('.') + 1);
  for (const auto state : {RegistryState::registered, RegistryState::approved,
                           RegistryState::rejected, RegistryState::retired}) {
    if (verb == decision::to_string(state)) return state;
  }
  return std::nullopt;
}

/// Why what stands so cannot become that.
Fault step_fault(const Registration& registration, RegistryState state, RegistryState next) {
  if (state == RegistryState::rejected || state == RegistryState::retired) {
    return cannot_be(registration, state, ", which is final; a new version takes a new id");
  }
  const bool is_new = state == RegistryState::registered;
  if (next == RegistryState::rejected && !is_new) {
    return cannot_be(registration, state, "; what was approved once is retired, not rejected");
  }
  if (next == RegistryState::retired && is_new) {
    return cannot_be(registration, state, "; what nobody approved is rejected, not retired");
  }
  // One that ends may be renewed before it does, so that nothing has to stand still.
  const bool has_no_end = !registration.steps.back().expires_at;
  if (next == RegistryState::approved && state == RegistryState::approved && has_no_end) {
    return cannot_be(registration, state, " already, without an end");
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(RegistryKind kind) {
  return kind == RegistryKind::model ? "model" : "prompt";
}

std::optional<RegistryKind> registry_kind_of(std::string_view event_type) {
  for (const auto kind : {RegistryKind::model, RegistryKind::prompt}) {
    const auto name = to_string(kind);
    const bool begins = event_type.starts_with(name) && event_type.substr(name.size(), 1) == ".";
    if (begins && state_named(event_type)) return kind;
  }
  return std::nullopt;
}

RegistryState Registration::state(std::uint64_t seq, Timestamp at) const {
  auto out = RegistryState::unregistered;
  for (const auto& step : steps) {
    if (step.seq >= seq) break;
    const bool is_over = step.expires_at && *step.expires_at <= at;
    out = is_over ? RegistryState::expired : step.state;
  }
  return out;
}

Fault Registrations::take(const chain::Entry& entry, const Hash& hash) {
  const auto kind = registry_kind_of(entry.event_type);
  if (!kind || !entry.data.contains("approval")) return std::nullopt;
  const auto next = *state_named(entry.event_type);
  if (next == RegistryState::registered) return add(*kind, entry, hash);
  auto& places = places_.at(static_cast<std::size_t>(*kind));
  const auto place = places.find(text(entry.data, to_string(*kind)));
  if (place == places.end()) {
    return "no " + std::string(to_string(*kind)) + " `" + text(entry.data, to_string(*kind)) +
           "` is registered";
  }
  auto& registration = all_.at(place->second);
  const auto state = registration.state(entry.seq, entry.timestamp);
  if (auto fault = step_fault(registration, state, next)) return fault;
  auto step = step_of(entry, next);
  if (step.expires_at && *step.expires_at <= entry.timestamp) {
    return "the approval expires at " + to_text(*step.expires_at) + ", which is over";
  }
  registration.steps.push_back(std::move(step));
  return std::nullopt;
}

Fault Registrations::add(RegistryKind kind, const chain::Entry& entry, const Hash& hash) {
  Registration added{.kind = kind,
                     .id = text(entry.data, to_string(kind)),
                     .digest = text(entry.data, "digest"),
                     .hash = hash,
                     .steps = {step_of(entry, RegistryState::registered)}};
  const auto by_digest = std::string(digest_prefix) + added.digest;
  for (const auto& name : {added.id, by_digest}) {
    const auto* const earlier = find(kind, name);
    if (earlier == nullptr) continue;
    return "`" + name + "` is registered already, as " + named(*earlier) + ", by " +
           chain::entry_id(earlier->registered().seq);
  }
  auto& places = places_.at(static_cast<std::size_t>(kind));
  places.emplace(added.id, all_.size());
  places.emplace(by_digest, all_.size());
  all_.push_back(std::move(added));
  return std::nullopt;
}

const Registration* Registrations::find(RegistryKind kind, std::string_view named) const {
  const auto& places = places_.at(static_cast<std::size_t>(kind));
  const auto place = places.find(named);
  return place == places.end() ? nullptr : &all_.at(place->second);
}

std::optional<decision::RegistryFact> Registrations::fact(std::optional<std::string_view> model,
                                                          std::optional<std::string_view> prompt,
                                                          std::uint64_t seq, Timestamp at) const {
  if (!model && !prompt) return std::nullopt;
  const auto state = [&](RegistryKind kind, std::string_view named) {
    const auto* const found = find(kind, named);
    return found == nullptr ? RegistryState::unregistered : found->state(seq, at);
  };
  decision::RegistryFact out;
  if (model) out.model = state(RegistryKind::model, *model);
  if (prompt) out.prompt = state(RegistryKind::prompt, *prompt);
  return out;
}

bool approves_own(const chain::Entry& entry, const Registrations& registrations) {
  const auto kind = registry_kind_of(entry.event_type);
  if (!kind || *state_named(entry.event_type) != RegistryState::approved) return false;
  const auto* const found = registrations.find(*kind, text(entry.data, to_string(*kind)));
  return found != nullptr && found->registered().operator_id == signer_of(entry);
}

std::optional<Refusal> check_registrant(const chain::Entry& entry, const Operators& operators,
                                        const Registrations& registrations) {
  if (!approves_own(entry, registrations) || operators.one_suffices(entry.seq)) return std::nullopt;
  return Refusal{"own_registration",
                 "`" + signer_of(entry) + "` registered `" +
                     text(entry.data, to_string(*registry_kind_of(entry.event_type))) +
                     "`, and nobody approves what he registered"};
}

}  // namespace lexecon::authority
