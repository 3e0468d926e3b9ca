// The commands of both registries: each is one function, made for models and for prompts.
//
// Source   lexecon-model-register(1) and the pages beside it
#pragma once

#include <string_view>
#include <vector>

#include "authority/registrations.hpp"
#include "command.hpp"

namespace lexecon::cli {

/// What differs between the two.
struct RegistryWords {
  std::string_view name;  // "model register"
  std::string_view summary;
  std::vector<std::string_view> examples;
};

template <authority::RegistryKind kind>
[[nodiscard]] Command register_command(RegistryWords words);
template <authority::RegistryKind kind>
[[nodiscard]] Command approve_command(RegistryWords words);
template <authority::RegistryKind kind>
[[nodiscard]] Command reject_command(RegistryWords words);
template <authority::RegistryKind kind>
[[nodiscard]] Command retire_command(RegistryWords words);
template <authority::RegistryKind kind>
[[nodiscard]] Command registrations_command(RegistryWords words);
template <authority::RegistryKind kind>
[[nodiscard]] Command registration_command(RegistryWords words);

}  // namespace lexecon::cli
