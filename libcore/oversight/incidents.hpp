// Incidents on record.
//
// Errors   Error{integrity} when the entries contradict themselves, or sealed content is not what it was
// Source   lexecon-ledger(5), Incidents
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compliance/incident.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

/// Told by their entries, each hashed again; there is no table of them.
[[nodiscard]] compliance::Incidents incidents(store::Database& database);
/// The entry that recorded it.
[[nodiscard]] std::optional<std::uint64_t> find_incident(store::Database& database,
                                                         std::string_view id);

/// What people wrote of an incident: in each entry all or some of it, the newest counts.
struct IncidentText {
  std::optional<std::string> title;
  std::optional<std::string> description;
  bool erased = false;  // some of it was
};
[[nodiscard]] IncidentText text_of(store::Database& database, const compliance::Incident& incident);

}  // namespace lexecon::oversight
