#include <set>
#include <string>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
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

// A package is made once of what was asked for, and of a tree that was signed.
class ExportsCheck final : public Check {
  void entry(Evidence& evidence, const Seen& seen) override {
    if (seen.whole == nullptr || !seen.whole->event_type.starts_with("export.")) return;
    if (!has_shape(*seen.whole)) return;
    const auto& data = seen.whole->data;
    saw();
    if (seen.whole->event_type == "export.requested") {
      asked_.insert(seen.row.seq);
      const auto size = data.at("tree_size").get<std::uint64_t>();
      if (checkpoint_at(evidence.database, size)) return;
      fail(seen.row.seq, chain::entry_id(seen.row.seq) + " asks for a package of " +
                             std::to_string(size) + " entries, a size that was never signed");
    } else if (asked_.erase(data.at("request").get<std::uint64_t>()) == 0) {
      fail(seen.row.seq,
           chain::entry_id(seen.row.seq) + " tells of a package that nobody asked for");
    }
  }

  std::set<std::uint64_t> asked_;  // and no package was made since
};

}  // namespace

NewCheck new_exports_check() { return std::make_unique<ExportsCheck>(); }

}  // namespace lexecon::ledger
