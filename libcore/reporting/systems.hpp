// The systems of a node, by the newest profile of each; and the one that a report is about.
//
// Errors   Error{not_found} for an unknown system, with "did you mean"; Error{configuration} "classification
//          missing" where there is none; Error{usage} where there are several and none is named
// Source   lexecon-ledger(5), profile.set
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "compliance/profile.hpp"
#include "json/json.hpp"
#include "reporting/report.hpp"
#include "store/database.hpp"

namespace lexecon::reporting {

struct System {
  compliance::Profile profile;
  Json data;  // of its entry, without the approval
  std::uint64_t seq = 0;
  Timestamp at;
  std::string by;                   // the actor of its entry
  std::optional<std::string> name;  // sealed; nothing unless it was asked for, and is there
};

/// Of the entries below `size`, by id; each entry is hashed again.
[[nodiscard]] std::vector<System> read_systems(store::Database& database, std::uint64_t size,
                                               bool sealed);
/// nullptr: the whole node, which a framework alone is asked of.
[[nodiscard]] const System* system_asked(const std::vector<System>& systems, const Wish& wish);

}  // namespace lexecon::reporting
