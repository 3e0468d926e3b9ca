// Exactly what the judge is given besides the request and the set: read from the ledger by service/.
//
// Shapes   {"approvals": [{"operator","requirement","seq"}], "exceptions": [{"expires_at","override_id",
//          "relations"}], "guard": null | reason code, "limits": [{"allowed","name","used"}],
//          "registry": null | {"model","prompt": null | state}}; ids, integers, enums; no free text
// Source   lexecon-ledger(5), decision
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "json/fwd.hpp"
#include "policy/ruling.hpp"

namespace lexecon::decision {

/// A signed entry that approves this one request; `human_confirmation` confirms it as a whole.
struct Approval {
  std::string operator_id;
  std::string requirement;
  std::uint64_t seq = 0;
  friend bool operator==(const Approval&, const Approval&) = default;
};

/// An override that lifts relations for this request until it expires.
struct Exception {
  std::string override_id;
  std::vector<std::string> relations;
  std::optional<Timestamp> expires_at;
  friend bool operator==(const Exception&, const Exception&) = default;
};

/// A limit, breaker or budget of node.yaml that bears on the request, before the request is counted.
struct LimitFact {
  std::string name;
  std::int64_t used = 0;
  std::int64_t allowed = 0;
  friend bool operator==(const LimitFact&, const LimitFact&) = default;
};

/// How a model or a prompt stands in the registry at the time of the decision.
enum class RegistryState : std::uint8_t {
  unregistered,
  registered,
  approved,
  expired,
  rejected,
  retired,
};
[[nodiscard]] std::string_view to_string(RegistryState state);
[[nodiscard]] std::optional<RegistryState> registry_state_from(std::string_view text);

/// Nothing where the request names none.
struct RegistryFact {
  std::optional<RegistryState> model;
  std::optional<RegistryState> prompt;
  friend bool operator==(const RegistryFact&, const RegistryFact&) = default;
};

struct Facts {
  std::vector<Approval> approvals;
  std::vector<Exception> exceptions;
  std::optional<policy::ReasonCode> guard;
  std::vector<LimitFact> limits = {};         // ascending by name, each once
  std::optional<RegistryFact> registry = {};  // nothing where the set does not ask the registry
};

/// The codes that a guard may hold: those that deny before anything else is looked at.
[[nodiscard]] bool is_guard(policy::ReasonCode code);

[[nodiscard]] Json to_json(const Facts& facts);
/// Strict inverse of to_json; Error{bad_input}.
[[nodiscard]] Facts parse_facts(const Json& value);

}  // namespace lexecon::decision
