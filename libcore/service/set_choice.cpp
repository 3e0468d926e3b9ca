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

decision::ActiveSet named_set(const std::function<Path()>& node, const std::string& name,
                              Timestamp now) {
  for (const auto which : {Which::active, Which::draft}) {
    if (name == to_string(which)) return choose_set(node(), which, now).set;
  }
  const auto hash = hash_from_hex(name);
  if (!hash) return decision::load_set(read_draft({Path(name)}));
  const auto opened = open_node(node());
  const auto row = find_set(opened, hash);
  auto database = open_ledger(opened);
  return load_recorded(database, row);
}

}  // namespace lexecon::service
