#include <string>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "ledger/genesis.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

class GenesisCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.position != 0) return;
    saw();
    if (seen.whole == nullptr) return fail(0, "the first entry is no entry");
    try {
      static_cast<void>(read_genesis(*seen.whole));
    } catch (const Error& error) {
      fail(0, error.message());
    }
  }
};

// One name throughout; that of the genesis is held against its key by the check of the genesis.
class OriginCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr) return;
    saw();
    if (!origin_) origin_.emplace(seen.entry->origin);
    if (seen.entry->origin != *origin_) {
      fail(seen.row.seq, chain::entry_id(seen.row.seq) + " is of another log, `" +
                             std::string(seen.entry->origin) + "`");
    }
  }

  std::optional<std::string> origin_;
};

class EventsCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.entry == nullptr) return;
    saw();
    if (seen.whole == nullptr) {
      if (seen.entry->shape == chain::DataShape::unlisted) ++not_interpreted_;
      return;
    }
    try {
      if (!chain::check_entry(*seen.whole)) {
        ++not_interpreted_;
      }
    } catch (const Error& error) {
      fail(seen.row.seq, seen.whole->event_type + ": " + error.message() +
                             (error.where().empty() ? "" : " at " + error.where()));
    }
  }

  void end(Evidence& /*evidence*/) override {
    if (not_interpreted_ > 0) remark(std::to_string(not_interpreted_) + " not interpreted");
  }

  std::uint64_t not_interpreted_ = 0;
};

class ClosedCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (closed_) fail(seen.row.seq, chain::entry_id(seen.row.seq) + " follows log.closed");
    if (seen.entry != nullptr && seen.entry->event_type == "log.closed") {
      saw();
      closed_ = true;
    }
  }

  bool closed_ = false;
};

}  // namespace

NewCheck new_genesis_check() { return std::make_unique<GenesisCheck>(); }
NewCheck new_origin_check() { return std::make_unique<OriginCheck>(); }
NewCheck new_events_check() { return std::make_unique<EventsCheck>(); }
NewCheck new_closed_check() { return std::make_unique<ClosedCheck>(); }

}  // namespace lexecon::ledger
