// The rule of the ledger's clock: time never runs back.
//
// Units    a clock up to 60 s behind the last entry repeats its time
// Errors   Error{configuration} when it is further behind and nobody accepted that
// Source   lexecon-ledger(5), Entry
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"

namespace lexecon::ledger {

struct EntryTime {
  Timestamp at;
  std::optional<std::int64_t> behind_seconds;  // set when clock.accepted must come first
};

[[nodiscard]] EntryTime entry_time_of(Timestamp now, Timestamp last, bool accept_clock);

}  // namespace lexecon::ledger
