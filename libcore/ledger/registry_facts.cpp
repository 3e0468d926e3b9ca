#include "ledger/registry_facts.hpp"

#include "json/json.hpp"

namespace lexecon::ledger {
namespace {

std::string_view text_of(const std::optional<decision::RegistryState>& state) {
  return state ? decision::to_string(*state) : std::string_view();
}

std::optional<std::string> optional_text(const Json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

}  // namespace

VersionsNamed versions_named(const Json& decision_data) {
  return {optional_text(decision_data.at("model")), optional_text(decision_data.at("prompt"))};
}

authority::Fault registry_fault(const authority::Registrations& registrations,
                                const chain::EntryView& entry, std::uint64_t seq) {
  const auto& data = entry.data;
  const auto named = [](std::string_view id) {
    return id.empty() ? std::nullopt : std::optional(id);
  };
  const auto stood = registrations.fact(named(data.model), named(data.prompt), seq, entry.timestamp)
                         .value_or(decision::RegistryFact{});
  const auto name = "`" + std::string(data.decision_id) + "`";
  if (data.model_state != text_of(stood.model) || data.prompt_state != text_of(stood.prompt)) {
    return name + " says of its model or prompt what the registry does not";
  }
  if ((data.guard == "model_not_approved" && data.model_state == "approved") ||
      (data.guard == "prompt_not_approved" && data.prompt_state == "approved")) {
    return name + " was denied as " + std::string(data.guard) + ", and it was approved";
  }
  return std::nullopt;
}

authority::Fault registry_fault(const authority::Registrations& registrations,
                                const chain::Entry& issued, const VersionsNamed& named) {
  const auto stood = registrations.fact(named.model, named.prompt, issued.seq, issued.timestamp);
  if (decision::parse_facts(issued.data.at("facts")).registry == stood) return std::nullopt;
  return "the token of `" + issued.data.at("decision_id").get<std::string>() +
         "` says of its model or prompt what the registry does not";
}

}  // namespace lexecon::ledger
