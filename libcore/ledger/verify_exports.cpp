#include <optional>
#include <string>
#include <vector>

#include "authority/exports.hpp"
#include "base/error.hpp"
#include "chain/event.hpp"
#include "json/json.hpp"
#include "ledger/activation.hpp"
#include "ledger/set_config.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// A package is made once of what was asked for, of a tree that was signed, and where the set in force wants it
// after a second person approved it.
class ExportsCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (seen.whole == nullptr) return;
    if (seen.whole->event_type == "policy.activated") {
      files_ = files_of(*seen.whole);
      setting_.reset();
    }
    if (!seen.whole->event_type.starts_with("export.") || !chain::has_shape(*seen.whole)) return;
    chain::Entry entry = *seen.whole;
    entry.seq = seen.row.seq;
    const auto request = entry.data.find("request");
    if (request != entry.data.end() && evidence.records.withholds(request->get<std::uint64_t>())) {
      return;  // nobody can say what was asked for
    }
    saw();
    if (entry.event_type == "export.requested") {
      const auto size = entry.data.at("tree_size").get<std::uint64_t>();
      const bool is_signed = !evidence.records.keeps_every_checkpoint() ||
                             evidence.records.has_checkpoint({.first = size, .last = size});
      if (!is_signed) {
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
        const auto config = node_config_of(evidence.records, *files_);
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
