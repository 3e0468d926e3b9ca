// The data of the commonest events, checked while it is read forward.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <string_view>

#include "chain/data_view.hpp"
#include "chain/forward.hpp"

namespace lexecon::chain {

/// What scan_decision() and scan_event() read; `at` is empty where the data has none.
struct ScannedData {
  DataView view;
  std::string_view at;
};

/// INVARIANT: true only where check_event() of a `decision` with this data does not throw, once `at` is
/// a real time; and then the view is that of view_of(). After a false the reader stands anywhere.
[[nodiscard]] bool scan_decision(Forward& reader, ScannedData& out);
/// The same of the other types that are written with decisions and tokens; false for all besides.
[[nodiscard]] bool scan_event(std::string_view event_type, std::string_view data, ScannedData& out);

}  // namespace lexecon::chain
