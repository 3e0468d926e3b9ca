#include <optional>
#include <string>
#include <vector>

#include "authority/exports.hpp"
#include "base/error.hpp"
#include "chain/event.hpp"
#include "json/json.hpp"
#include "ledger/activation.hpp"
#include "ledger/reader.hpp"
#include "ledger/set_config.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

bool has_shape(const chain::Entry& entry) {
  try {
    return chain::check_entry(entry);
  } catch (const Error&) {
    return false;  // for the check of events to say
  }
}

// A package is made once of what was asked for, of a tree that was signed, and where the set in force wants it
// after a second person approved it.
class ExportsCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (seen.whole == nullptr) return;
    if (seen.whole->event_type == "policy.activated") {
      files_ = files_of(*seen.whole);
      setting_.reset();
    }
    if (!seen.whole->event_type.starts_with("export.") || !has_shape(*seen.whole)) return;
    chain::Entry entry = *seen.whole;
    entry.seq = seen.row.seq;
    saw();
    if (entry.event_type == "export.requested") {
      const auto size = entry.data.at("tree_size").get<std::uint64_t>();
      if (!checkpoint_at(evidence.database, size)) {
        fail(entry.seq, chain::entry_id(entry.seq) + " asks for a package of " +
                            std::to_string(size) + " entries, a size that was never signed");
      }
    }
    const bool one_suffices = evidence.people.operators.one_suffices(entry.seq);
    if (const auto fault = exports_.take(entry, setting(evidence), one_suffices)) {
      fail(entry.seq, chain::entry_id(entry.seq) + ", " + entry.event_type + ": " + *fault);
    }
  }

  /// Of the set in force.
  decision::ExportApproval setting(Evidence& evidence) {
    try {
      if (!setting_ && files_) {
        const auto config = node_config_of(evidence.database, *files_);
        if (config) setting_ = config->export_approval;
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::integrity && error.code() != ErrorCode::bad_input) throw;
      // For the checks of the files to say.
    }
    return setting_.value_or(decision::ExportApproval::none);
  }

  authority::Exports exports_;
  std::optional<std::vector<decision::FileDigest>> files_;  // of the set in force
  std::optional<decision::ExportApproval> setting_;         // of those files, once it was asked
};

}  // namespace

NewCheck new_exports_check() { return std::make_unique<ExportsCheck>(); }

}  // namespace lexecon::ledger
