#include <optional>
#include <string>

#include "chain/event.hpp"
#include "compliance/incident.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// An incident is recorded once, and updated, reported and closed after that. That the decisions and the
// evidence are on record is for the check of the state.
class IncidentsCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.whole == nullptr || !seen.whole->event_type.starts_with("incident.")) return;
    if (!chain::has_shape(*seen.whole)) return;
    chain::Entry entry = *seen.whole;
    entry.seq = seen.row.seq;
    if (is_partial_ && !is_known(entry)) return;  // nobody can say what was recorded
    saw();
    if (const auto fault = incidents_.take(entry)) {
      fail(entry.seq, chain::entry_id(entry.seq) + ", " + entry.event_type + ": " + *fault);
    }
  }

  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    is_partial_ = is_partial_ || !seen.item.archived;
  }

  [[nodiscard]] bool is_known(const chain::Entry& entry) const {
    const auto& id = entry.data.at("incident_id").get_ref<const std::string&>();
    return entry.event_type == "incident.recorded" || incidents_.find(id) != nullptr;
  }

  compliance::Incidents incidents_;
  bool is_partial_ = false;  // entries are withheld
};

}  // namespace

NewCheck new_incidents_check() { return std::make_unique<IncidentsCheck>(); }

}  // namespace lexecon::ledger
