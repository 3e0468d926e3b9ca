#include <string>
#include <vector>

#include "authority/custody.hpp"
#include "base/error.hpp"
#include "chain/event.hpp"
#include "ledger/activation.hpp"
#include "ledger/set_config.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

bool is_custody(const chain::Entry& entry) {
  return entry.event_type == "hold.placed" || entry.event_type == "hold.released" ||
         entry.event_type == "sealed.erased";
}

// Holds and erasures: each names content that there was, and none was erased that was held.
class CustodyCheck final : public Check {
  void start(Evidence& evidence) override {
    records_ = &evidence.records;
    has_sealed_.reserve(evidence.records.room());
  }

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    has_sealed_.push_back(seen.entry != nullptr && seen.entry->sealed_hash.has_value());
    if (seen.whole == nullptr) return;
    if (seen.whole->event_type == "policy.activated") {
      files_ = files_of(*seen.whole);
      rules_.reset();
    }
    if (!is_custody(*seen.whole)) return;
    chain::Entry entry = *seen.whole;
    entry.seq = seen.row.seq;
    if (!chain::has_shape(entry)) return;
    saw();
    if (const auto fault = custody_.take(entry, seen.hash, ground_)) {
      fail(entry.seq, chain::entry_id(entry.seq) + ", " + entry.event_type + ": " + *fault);
    }
  }

  // What was archived is named by no hold and no erasure, before or after; of what is withheld nobody
  // knows.
  void absent(Evidence& /*evidence*/, const Seen& seen) override {
    has_sealed_.push_back(!seen.item.archived);
  }

  /// By the set in force at the erasure. Of entries alone, without the files beside them, nothing is known.
  std::optional<authority::Stays> kept(std::uint64_t seq, const chain::Entry& erasure) {
    try {
      if (!rules_ && files_) rules_ = retention_of(*records_, *files_);
      if (!rules_) return std::nullopt;
      const auto bytes = records_->entry(seq);
      if (!bytes) return std::nullopt;
      return authority::kept_by(*rules_, chain::parse_entry(*bytes), erasure);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::integrity && error.code() != ErrorCode::bad_input) throw;
      return std::nullopt;  // for the checks of the files and the entries to say
    }
  }

  authority::Custody custody_;
  Records* records_ = nullptr;
  std::optional<std::vector<decision::FileDigest>> files_;  // of the set in force
  std::optional<decision::RetentionRules> rules_;           // of those files, once they were asked
  std::vector<bool> has_sealed_;  // by place: what is missing is for the check of the sequence
  authority::Ground ground_{
      .has_sealed =
          [this](std::uint64_t seq) { return seq < has_sealed_.size() && has_sealed_[seq]; },
      .kept = [this](std::uint64_t seq,
                     const chain::Entry& erasure) { return kept(seq, erasure); }};
};

}  // namespace

NewCheck new_custody_check() { return std::make_unique<CustodyCheck>(); }

}  // namespace lexecon::ledger
