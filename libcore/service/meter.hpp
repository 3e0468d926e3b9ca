// How the limits, breakers and budgets in force stand: read once a transaction for each subject that is
// asked about, then kept in step with what the transaction records.
//
// Shapes   nothing of it is stored: decisions and `limit.tripped` tell all of it
// Source   lexecon-node(5), Limits
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "decision/active_set.hpp"
#include "decision/limits.hpp"
#include "store/database.hpp"

namespace lexecon::service {

class Meter {
 public:
  /// `at` is the time of the transaction. The database and the set, if any, must outlive the meter.
  Meter(store::Database& database, const decision::ActiveSet* set, Timestamp at);

  /// Adds to the facts what bears on the request, and the guard that it makes hold.
  void weigh(const decision::Request& request, decision::Facts& facts);
  /// Takes in a decision that was just recorded; the data of each `limit.tripped` that follows it.
  [[nodiscard]] std::vector<Json> count(const Json& decision);

 private:
  /// What a limit has counted of one subject.
  struct Standing {
    std::int64_t sum = 0;
    std::optional<decision::Trip> trip;
  };

  Standing& standing(std::size_t index, const decision::Counted& decision);
  [[nodiscard]] Standing read(const decision::Limit& limit, const std::string& subject) const;
  [[nodiscard]] decision::Gauge gauge(const decision::Limit& limit, const Standing& standing,
                                      const decision::Counted& decision) const;

  store::Database* database_;
  const std::vector<decision::Limit>* limits_;  // nullptr for none
  Timestamp at_;
  std::map<std::pair<std::size_t, std::string>, Standing> standings_;
};

}  // namespace lexecon::service
