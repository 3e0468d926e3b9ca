#include "decision/registry_guard.hpp"

namespace lexecon::decision {
namespace {

using policy::ReasonCode;

bool refuses(RegistryUse use, const std::optional<RegistryState>& state) {
  if (use == RegistryUse::off || state == RegistryState::approved) return false;
  return state || use == RegistryUse::required;
}

}  // namespace

std::optional<ReasonCode> registry_guard(const RegistryConfig& config, const Facts& facts) {
  const auto named = facts.registry.value_or(RegistryFact{});
  if (refuses(config.models, named.model)) return ReasonCode::model_not_approved;
  if (refuses(config.prompts, named.prompt)) return ReasonCode::prompt_not_approved;
  return std::nullopt;
}

// A guard of those before it hides it: then nobody asked.
std::optional<std::string> registry_fault(const RegistryConfig& config, const Facts& facts) {
  const auto wanted = registry_guard(config, facts);
  const auto given = facts.guard;
  const bool is_of_registry =
      given == ReasonCode::model_not_approved || given == ReasonCode::prompt_not_approved;
  if (is_of_registry && given != wanted) {
    return "it was denied as " + std::string(policy::to_string(*given)) +
           ", which the set and the registry do not give";
  }
  if (!wanted || (given && *given <= *wanted)) return std::nullopt;
  return "the set and the registry give " + std::string(policy::to_string(*wanted)) +
         ", and it was not denied for that";
}

}  // namespace lexecon::decision
