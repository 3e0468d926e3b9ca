#include <string>

#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// What was decided is what the request, the facts, the set and the time give, and an activation says what
// its files say. The judging is done with the reading of the rows; here it is counted.
class RedecideCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (!evidence.options.deep || seen.entry == nullptr) return;
    if (seen.entry->event_type == "policy.activated") return hold(seen);
    if (seen.entry->event_type != "decision") return;
    ++counts_.decisions;
    if (!seen.item.sealed) ++counts_.erased;
    if (!seen.item.redecision) return;
    const Redecision& found = *seen.item.redecision;
    if (found.result == Redecision::Result::engine_unknown) {
      ++counts_.engine_unknown;
      return;
    }
    saw();
    ++counts_.judged;
    hold(seen);
  }

  void hold(const Seen& seen) {
    const auto& found = seen.item.redecision;
    if (found && found->result == Redecision::Result::differs) {
      fail(seen.row.seq, chain::entry_id(seen.row.seq) + ": " + found->fault);
    }
  }

  void end(Evidence& evidence) override {
    if (!evidence.options.deep) return remark("decisions not judged again (run with --deep)");
    evidence.redecided = counts_;
    std::string detail = std::to_string(counts_.judged) + " of " +
                         std::to_string(counts_.decisions) + " decisions re-decided";
    if (counts_.erased > 0) detail += ", " + std::to_string(counts_.erased) + " erased";
    if (counts_.engine_unknown > 0) {
      detail += ", " + std::to_string(counts_.engine_unknown) + " engine_unknown";
    }
    remark(detail);
  }

  Redecided counts_;
};

}  // namespace

NewCheck new_redecide_check() { return std::make_unique<RedecideCheck>(); }

}  // namespace lexecon::ledger
