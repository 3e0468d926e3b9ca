#include <map>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "chain/export_shapes.hpp"
#include "chain/witness_shapes.hpp"
#include "json/json.hpp"
#include "ledger/verify_checks.hpp"

namespace lexecon::ledger {
namespace {

// What this log says of another one never went back, and never has two roots at one size.
class OtherLogsCheck final : public Check {
 public:
  using Head = chain::Checkpoint (*)(const Json& data);
  OtherLogsCheck(std::string_view event_type, std::string done, Head head)
      : event_type_(event_type), done_(std::move(done)), head_(head) {}

  void entry(Evidence& /*evidence*/, const Seen& seen) override {
    if (seen.whole == nullptr || seen.whole->event_type != event_type_) return;
    saw();
    const auto next = head_in(*seen.whole);
    if (!next) return;
    const auto last = last_.try_emplace(next->origin, *next).first;
    const auto log = " of `" + next->origin + "` were " + done_;
    if (next->tree_size < last->second.tree_size) {
      fail(seen.row.seq, "fewer entries" + log + " than before");
    } else if (next->tree_size == last->second.tree_size && next->root != last->second.root) {
      fail(seen.row.seq, "two roots" + log + " at one size");
    }
    last->second = *next;
  }

 private:
  // Of another shape, or not signed: that is for the check of events to say.
  std::optional<chain::Checkpoint> head_in(const chain::Entry& entry) const {
    try {
      if (!chain::check_entry(entry)) return std::nullopt;
      return head_(entry.data);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  std::string_view event_type_;
  std::string done_;
  Head head_;
  std::map<std::string, chain::Checkpoint> last_;  // by log
};

}  // namespace

NewCheck new_imports_check() {
  return std::make_unique<OtherLogsCheck>(chain::log_imported, "taken in", [](const Json& data) {
    return chain::open_imported_head(data).checkpoint;
  });
}

NewCheck new_cosigned_check() {
  return std::make_unique<OtherLogsCheck>(
      chain::witness_cosigned, "cosigned",
      [](const Json& data) { return chain::parse_cosigned_head(data).checkpoint; });
}

}  // namespace lexecon::ledger
