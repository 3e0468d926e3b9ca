// What the ledger says that bears on requests: read once in a transaction, asked for each of them.
//
// Shapes   told by entries, each hashed again: a row that is gone lifts no stop
// Source   lexecon-policy(5), The algorithm; lexecon-ledger(5), decision
#pragma once

#include "authority/stops.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"
#include "store/database.hpp"

namespace lexecon::service {

class LedgerFacts {
 public:
  explicit LedgerFacts(store::Database& database);

  /// What the judge is given of a request that is asked for the first time.
  [[nodiscard]] decision::Facts of(const decision::Request& request) const;

 private:
  authority::Stops stops_;
};

/// The guard that stands in the way of a request.
[[nodiscard]] std::optional<policy::ReasonCode> guard_of(const authority::Stops& stops,
                                                         const decision::Request& request);

}  // namespace lexecon::service
