#include "service/authority.hpp"

#include "base/error.hpp"
#include "ledger/reader.hpp"

namespace lexecon::service {

void require_no_operator(store::Database& database, const std::string& act) {
  ledger::EntryFilter operators;
  operators.event_type = "operator.added";
  operators.limit = 1;
  ledger::each_entry(database, operators, [&act](const ledger::StoredEntry& found) {
    throw Error(ErrorCode::not_permitted,
                "this node has operators: " + act + " takes the approval of an admin",
                chain::entry_id(found.entry.seq));
  });
}

}  // namespace lexecon::service
