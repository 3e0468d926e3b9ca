// What decisions and tokens say of the registries, held against the registries.
//
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Registries
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "authority/registrations.hpp"
#include "chain/entry_view.hpp"
#include "json/fwd.hpp"

namespace lexecon::ledger {

/// The model and the prompt that a decision names.
struct VersionsNamed {
  std::optional<std::string> model;
  std::optional<std::string> prompt;
};
[[nodiscard]] VersionsNamed versions_named(const Json& decision_data);

// SECURITY: what a set asks of the registries is judged by what the facts say of them, so that is held
// against the log; whether the guard follows from both, the check that judges again says.
[[nodiscard]] authority::Fault registry_fault(const authority::Registrations& registrations,
                                              const chain::EntryView& entry, std::uint64_t seq);
/// The same of a token.issued whose decision names these.
[[nodiscard]] authority::Fault registry_fault(const authority::Registrations& registrations,
                                              const chain::Entry& issued,
                                              const VersionsNamed& named);

}  // namespace lexecon::ledger
