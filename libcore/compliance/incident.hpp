// Incidents and their clocks: when something happened, when somebody knew, and by when whom to tell.
//
// Shapes   told by incident.recorded, .updated, .reported and .closed. Every clock runs from awareness, and says
//          "immediately" besides; the days are the outer limit
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Incidents; Regulation (EU) 2024/1689, Articles 3(49), 26(5), 73
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "chain/entry.hpp"

namespace lexecon::compliance {

struct IncidentReport {
  std::uint64_t seq = 0;
  Timestamp at;  // of the entry
  Timestamp reported_at;
  std::string to;    // authority, provider, importer, distributor, affected_person, other
  std::string sort;  // initial, complete, update
  std::optional<std::string> evidence_id;
};

struct Incident {
  std::string id;         // inc_<ULID>
  std::uint64_t seq = 0;  // of the newest entry that says what it is
  std::uint64_t first_seq = 0;
  Hash first_hash;  // of the entry that recorded it
  std::optional<std::string> system;
  std::string
      severity;  // death, serious_harm, infrastructure, widespread, fundamental_rights, property_or_environment, not_serious
  Timestamp occurred_at;
  Timestamp aware_at;
  Timestamp first_aware_at;  // as it was recorded: a clock that was moved shows
  std::optional<Timestamp> link_established_at;
  std::vector<std::string> decisions;
  std::vector<IncidentReport> reports;
  std::optional<Timestamp> closed_at;  // until an update opens it again
  std::optional<std::string> closed_for;
  std::vector<std::uint64_t> entries;  // all of it, ascending
};

/// The first report to them, by the time that it says; nullptr when there is none.
[[nodiscard]] const IncidentReport* first_report(const Incident& incident, std::string_view to);

/// By when an authority has to be told of it, for a serious one; Art. 73(2) to (4).
struct Clock {
  std::string provision;  // "Art. 73(2)"
  std::int32_t days = 0;
  Timestamp due;
  std::optional<Timestamp> met_at;  // the first report to an authority
  bool is_late = false;             // met after due, or not met and due is past
};
[[nodiscard]] std::optional<Clock> clock_of(const Incident& incident, Timestamp now);

class Incidents {
 public:
  /// Entries of other types say nothing. After a fault all is as before.
  std::optional<std::string> take(const chain::Entry& entry, const Hash& hash = {});
  /// Oldest first.
  [[nodiscard]] const std::vector<Incident>& all() const { return incidents_; }
  [[nodiscard]] const Incident* find(std::string_view id) const;

 private:
  std::vector<Incident> incidents_;  // in order of their first entries
};

}  // namespace lexecon::compliance
