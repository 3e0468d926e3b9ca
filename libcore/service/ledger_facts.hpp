// What the ledger says that bears on requests: read once in a transaction, asked for each of them.
//
// Shapes   told by entries, each hashed again: a row that is gone lifts no stop, and no relation
// Source   lexecon-policy(5), The algorithm; lexecon-ledger(5), decision
#pragma once

#include <vector>

#include "authority/registrations.hpp"
#include "authority/stops.hpp"
#include "decision/active_set.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"
#include "oversight/overrides.hpp"
#include "store/database.hpp"

namespace lexecon::service {

class LedgerFacts {
 public:
  /// `at` is the time of the transaction, and of every verdict in it.
  LedgerFacts(store::Database& database, Timestamp at);

  /// What the judge is given of a request, beside what people answered to this very one. `set` is the one in
  /// force; nullptr when none is.
  [[nodiscard]] decision::Facts of(const decision::Request& request, const decision::ActiveSet* set,
                                   decision::Facts answered = {}) const;

 private:
  authority::Stops stops_;
  std::vector<oversight::StandingOverride> overrides_;
  authority::Registrations registrations_;
  Timestamp at_;
};

}  // namespace lexecon::service
