// Whether the registries of models and prompts let a request through: what the set says of the facts.
//
// Source   lexecon-node(5), registry; lexecon-policy(5), The algorithm
#pragma once

#include <optional>
#include <string>

#include "decision/facts.hpp"
#include "decision/node_config.hpp"

namespace lexecon::decision {

/// The first of model_not_approved and prompt_not_approved that holds.
[[nodiscard]] std::optional<policy::ReasonCode> registry_guard(const RegistryConfig& config,
                                                               const Facts& facts);
/// Why facts with this guard cannot have been those of a request under this configuration.
[[nodiscard]] std::optional<std::string> registry_fault(const RegistryConfig& config,
                                                        const Facts& facts);

}  // namespace lexecon::decision
