// Exactly what the judge is given besides the request and the set: read from the ledger by service/.
//
// Shapes   {"approvals": [{"operator","requirement","seq"}], "exceptions": [{"expires_at","override_id",
//          "relations"}], "guard": null | reason code}; ids, integers, enums; no free text
// Source   lexecon-ledger(5), decision
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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

struct Facts {
  std::vector<Approval> approvals;
  std::vector<Exception> exceptions;
  std::optional<policy::ReasonCode> guard;
};

/// The codes that a guard may hold: those that deny before anything else is looked at.
[[nodiscard]] bool is_guard(policy::ReasonCode code);

[[nodiscard]] Json to_json(const Facts& facts);
/// Strict inverse of to_json; Error{bad_input}.
[[nodiscard]] Facts parse_facts(const Json& value);

}  // namespace lexecon::decision
