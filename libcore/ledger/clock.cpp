#include "ledger/clock.hpp"

#include "base/error.hpp"

namespace lexecon::ledger {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t tolerated = 60 * micros_per_second;

}  // namespace

EntryTime entry_time_of(Timestamp now, Timestamp last, bool accept_clock) {
  if (now >= last) return {now, std::nullopt};
  const std::int64_t behind = last.micros - now.micros;
  if (behind <= tolerated) return {last, std::nullopt};
  const std::int64_t seconds = behind / micros_per_second;
  if (accept_clock) return {last, seconds};
  throw Error(ErrorCode::configuration,
              "the clock says " + to_text(now) + ", " + std::to_string(seconds) +
                  " s before the last entry, " + to_text(last),
              {}, "set the clock, or give --accept-clock to record that it went back");
}

}  // namespace lexecon::ledger
