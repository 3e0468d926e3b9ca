#include "service/set_choice.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "service/decisions.hpp"
#include "service/draft.hpp"
#include "service/sets.hpp"

namespace lexecon::service {

std::string_view to_string(Which which) { return which == Which::active ? "active" : "draft"; }

ChosenSet choose_set(const Path& folder, Which which, Timestamp now) {
  if (which == Which::draft) return {which, decision::load_set(read_draft({folder})), now};
  const auto node = open_node(folder);
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  auto set = load_active(database);
  if (!set) {
    throw Error(ErrorCode::not_found, "no set is active", {}, "run lexecon policy activate");
  }
  return {which, std::move(*set), std::max(now, last_entry_time(database))};
}

}  // namespace lexecon::service
