#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "ledger/entry_reading.hpp"
#include "ledger/recount.hpp"
#include "ledger/redecide.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

/// Nothing when it has not its shape, which another check says.
std::optional<chain::Entry> entry_of(std::string_view bytes) {
  try {
    auto entry = chain::parse_entry(bytes);
    static_cast<void>(chain::check_entry(entry));
    return entry;
  } catch (const Error&) {
    return std::nullopt;
  }
}

// What was decided is what the request, the facts, the set and the time give, and an activation says what
// its files say. The judging is done with the reading of the rows; here it is counted.
class RedecideCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (!evidence.options.deep || seen.entry == nullptr) return;
    recount(evidence, seen);
    if (seen.entry->event_type == "policy.activated") return hold(seen);
    if (seen.entry->event_type == "token.issued" || seen.entry->event_type == "gate.checked") {
      issued_[std::string(seen.entry->data.decision_id)].push_back(seen.row.seq);
    }
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

  // What a limit counted cannot be counted again where decisions are withheld.
  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    is_partial_ = is_partial_ || !seen.item.archived;
  }

  void recount(Evidence& evidence, const Seen& seen) {
    if (is_partial_) return;
    if (!recount_) recount_.emplace(evidence.records);
    const auto fault = recount_->take(*seen.entry, seen.row.seq, seen.row.body);
    if (fault) fail(seen.row.seq, chain::entry_id(seen.row.seq) + ": " + *fault);
  }

  void hold(const Seen& seen) {
    const auto& found = seen.item.redecision;
    if (found && found->result == Redecision::Result::differs) {
      fail(seen.row.seq, chain::entry_id(seen.row.seq) + ": " + found->fault);
    }
  }

  void end(Evidence& evidence) override {
    if (!evidence.options.deep) return remark("decisions not judged again (run with --deep)");
    if (!issued_.empty()) judge_tokens(evidence);
    const bool is_counted = recount_ && !is_partial_;
    if (const auto fault = is_counted ? recount_->finish() : std::nullopt) {
      fail(std::nullopt, "the ledger " + *fault);
    }
    evidence.redecided = counts_;
    std::string detail = std::to_string(counts_.judged) + " of " +
                         std::to_string(counts_.decisions) + " decisions re-decided";
    if (counts_.erased > 0) detail += ", " + std::to_string(counts_.erased) + " erased";
    if (counts_.engine_unknown > 0) {
      detail += ", " + std::to_string(counts_.engine_unknown) + " engine_unknown";
    }
    if (tokens_ > 0) detail += ", " + std::to_string(tokens_) + " tokens";
    if (gates_ > 0) detail += ", " + std::to_string(gates_) + " gates";
    remark(detail);
  }

  // A token stands far behind its decision: found once more, by no table that could be altered.
  void judge_tokens(Evidence& evidence) {
    auto& records = evidence.records;
    const SetsOnRecord sets(records);
    const auto before = evidence.range.size();
    records.each_decision_after({.micros = INT64_MIN}, before, [&](auto at, auto body) {
      const auto reading = read_bytes(body);
      const auto found =
          reading.view ? issued_.find(std::string(reading.view->data.decision_id)) : issued_.end();
      if (found == issued_.end()) return;
      const auto decision = entry_of(body);
      const auto sealed = records.sealed(at);
      if (!decision || !sealed || crypto::sha256(*sealed) != decision->sealed_hash) return;
      for (const std::uint64_t seq : found->second) {
        judge_token(records, sets, seq, *decision, *sealed);
      }
    });
  }

  void judge_token(Records& records, const SetsOnRecord& sets, std::uint64_t seq,
                   const chain::Entry& decision, const std::string& sealed) {
    const auto bytes = records.entry(seq);
    const auto issued = bytes ? entry_of(*bytes) : std::nullopt;
    if (!issued) return;
    const bool is_gate = issued->event_type == "gate.checked";
    if (is_gate && issued->data.at("judged") != "approved") return;
    const auto found = redecide_token(*issued, decision, sealed, sets);
    if (found.result == Redecision::Result::engine_unknown) return;
    saw();
    ++(is_gate ? gates_ : tokens_);
    if (found.result == Redecision::Result::differs) {
      fail(seq, chain::entry_id(seq) + ": " + found.fault);
    }
  }

  Redecided counts_;
  std::optional<Recount> recount_;
  std::uint64_t tokens_ = 0;                                               // judged again
  bool is_partial_ = false;                                                // entries are withheld
  std::uint64_t gates_ = 0;                                                // likewise
  std::map<std::string, std::vector<std::uint64_t>, std::less<>> issued_;  // by decision id
};

}  // namespace

NewCheck new_redecide_check() { return std::make_unique<RedecideCheck>(); }

}  // namespace lexecon::ledger
