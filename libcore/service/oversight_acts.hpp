// What people did, as entries tell it: the ground of the report on oversight.
//
// Shapes   each entry hashed again; one that lacks the approval it takes is no act of a person
// Source   lexecon-oversight-report(1)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "decision/escalation_config.hpp"
#include "store/database.hpp"

namespace lexecon::service {

struct Period {
  std::optional<Timestamp> from;  // inclusive
  std::optional<Timestamp> to;    // exclusive
  [[nodiscard]] bool has(Timestamp at) const { return (!from || at >= *from) && (!to || at < *to); }
};

struct HumanAct {
  std::string kind;  // approved, denied, deferred, escalated_up, confirmed, overridden, ...
  std::uint64_t seq = 0;
  Timestamp at;
  std::string actor;
  std::optional<std::string> decision_id;
  std::string detail;
  bool is_lone = false;  // stands only because one person suffices
};
/// Every kind that there is, in the order of the report.
[[nodiscard]] const std::vector<std::string>& act_kinds();
/// Oldest first.
[[nodiscard]] std::vector<HumanAct> acts_of_people(store::Database& database, const Period& period);

/// The wait of one escalation, as far as the end of the period.
struct Waiting {
  std::uint64_t seq = 0;                                     // of the entry that opened it
  decision::Priority priority = decision::Priority::medium;  // as it was opened
  Timestamp since;
  bool is_open = true;
  struct Answer {
    std::uint64_t seq = 0;
    Timestamp at;
  };
  std::optional<Answer> first_answer = {};
  std::optional<Answer> breach = {};
};
[[nodiscard]] std::vector<Waiting> waits(store::Database& database, const Period& period);

}  // namespace lexecon::service
