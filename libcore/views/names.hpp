// The ids that an entry introduces, and those that others introduced and it names.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <functional>
#include <string_view>

#include "json/fwd.hpp"
#include "views/bag.hpp"

namespace lexecon::views {

using EachId = std::function<void(std::string_view id)>;

/// Besides its own entry id. `data` may be null where the fast reader knows the entry.
void each_introduced(const Item& item, const Json& data, const EachId& visit);
void each_named(const Item& item, const Json& data, const EachId& visit);
/// The fast reader knows all that both would say without the data.
[[nodiscard]] bool is_known(const Item& item);

}  // namespace lexecon::views
