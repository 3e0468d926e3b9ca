#include <map>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/export_shapes.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// What was taken in of another log never went back, and never had two roots at one size.
class ImportsCheck final : public Check {
  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.whole == nullptr || seen.whole->event_type != chain::log_imported) return;
    saw();
    const auto head = head_in(*seen.whole);
    if (!head) return;
    const auto& next = head->checkpoint;
    const auto [last, is_first] = last_.try_emplace(next.origin, next);
    if (next.tree_size < last->second.tree_size) {
      fail(seen.row.seq, "fewer entries of `" + next.origin + "` were taken in than before");
    } else if (next.tree_size == last->second.tree_size && next.root != last->second.root) {
      fail(seen.row.seq, "two roots of `" + next.origin + "` were taken in at one size");
    }
    last->second = next;
  }

  // Of another shape, or not signed: that is for the check of events to say.
  static std::optional<chain::ImportedHead> head_in(const chain::Entry& entry) {
    try {
      if (!chain::check_entry(entry)) return std::nullopt;
      return chain::open_imported_head(entry.data);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  std::map<std::string, chain::Checkpoint> last_;  // by log
};

}  // namespace

NewCheck new_imports_check() { return std::make_unique<ImportsCheck>(); }

}  // namespace lexecon::ledger
