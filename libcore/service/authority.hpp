// What takes the approval of an operator, once a log has one.
//
// Errors   Error{not_permitted}: no approval can be made or verified yet, so nothing is recorded without
// Source   lexecon-ledger(5), Event data
#pragma once

#include <string>

#include "store/database.hpp"

namespace lexecon::service {

/// `act` as it stands in a sentence: "activating a set".
void require_no_operator(store::Database& database, const std::string& act);

}  // namespace lexecon::service
