#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ledger/verify_checks.hpp"
#include "store/schema.hpp"

namespace lexecon::ledger {
namespace {

// The order in which the entries can be asked for. Their bytes are derived again by others; what those
// cannot see is an index that leaves an entry out. With --deep SQLite looks at every page besides.
class DatabaseCheck final : public Check {
  void start(Evidence& evidence) override {
    if (evidence.options.deep) ask_sqlite(evidence, "PRAGMA integrity_check(1)");
  }

  void entry(Evidence& evidence, const Seen& seen) override {
    if (evidence.options.deep) return;
    has_gap_ = has_gap_ || seen.row.seq != seen.position;
    types_.push_back(number_of(seen.row.event_type));
  }

  void absent(Evidence& evidence, const Seen& seen) override {
    if (evidence.options.deep) return;
    has_gap_ = has_gap_ || seen.row.seq != seen.position;
    types_.push_back(0);  // the index must not know it
  }

  void end(Evidence& evidence) override {
    if (evidence.options.deep) return;
    if (has_gap_ || numbers_.size() > most_types) {
      return ask_sqlite(evidence, "PRAGMA integrity_check('entries')");
    }
    walk_index(evidence);
    if (!finding().failed) remark("the index of the entries; all pages with --deep");
  }

  void ask_sqlite(Evidence& evidence, std::string_view pragma) {
    auto statement = evidence.database.prepare(pragma);
    while (statement.step()) {
      saw();
      const std::string said = statement.text(0);
      if (said != "ok") fail(std::nullopt, "the database is damaged: " + printable(said));
    }
  }

  // Every entry stands in the index once, under its type, and nothing else does.
  void walk_index(Evidence& evidence) {
    auto rows = evidence.database.prepare(
        "SELECT event_type, seq FROM entries INDEXED BY entries_by_type ORDER BY event_type, seq");
    std::string type;
    std::uint8_t number = 0;
    std::int64_t before = -1;
    while (rows.step()) {
      saw();
      const std::int64_t seq = rows.integer(1);
      if (rows.view(0) != type || number == 0) {
        if (rows.view(0) < type) return out_of_order();
        type = rows.text(0);
        number = number_of(type);
        before = -1;
      }
      if (seq <= before) return out_of_order();
      before = seq;
      const auto place = static_cast<std::uint64_t>(seq);
      if (place >= types_.size() || types_[place] != number) {
        return fail(std::nullopt, "the index `entries_by_type` has an entry that is not there");
      }
      types_[place] = 0;
    }
    const auto missed =
        std::find_if(types_.begin(), types_.end(), [](auto left) { return left != 0; });
    if (missed == types_.end()) return;
    fail(std::nullopt, "the index `entries_by_type` misses " +
                           chain::entry_id(static_cast<std::uint64_t>(missed - types_.begin())));
  }

  void out_of_order() { fail(std::nullopt, "the index `entries_by_type` is out of order"); }

  // From 1; the same for all types beyond those that a byte can tell.
  std::uint8_t number_of(std::string_view type) {
    if (last_ != nullptr && last_->first == type) return last_->second;
    auto known = numbers_.find(type);
    if (known == numbers_.end()) {
      const std::size_t next = std::min(numbers_.size() + 1, most_types);
      if (numbers_.size() > most_types) return static_cast<std::uint8_t>(next);
      known = numbers_.emplace(type, static_cast<std::uint8_t>(next)).first;
    }
    last_ = &*known;
    return known->second;
  }

  static constexpr std::size_t most_types = 250;
  std::map<std::string, std::uint8_t, std::less<>> numbers_;
  const std::pair<const std::string, std::uint8_t>* last_ = nullptr;
  std::vector<std::uint8_t> types_;  // by seq, while there is no gap
  bool has_gap_ = false;
};

class SchemaCheck final : public Check {
  void start(Evidence& evidence) override {
    saw();
    try {
      store::check_schema(evidence.database);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::integrity) throw;
      fail(std::nullopt, error.message());
      evidence.readable = false;
    }
  }
};

}  // namespace

NewCheck new_database_check() { return std::make_unique<DatabaseCheck>(); }
NewCheck new_schema_check() { return std::make_unique<SchemaCheck>(); }

}  // namespace lexecon::ledger
