#include <algorithm>
#include <array>
#include <string>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "ledger/projections.hpp"
#include "ledger/verify_checks.hpp"
#include "store/schema.hpp"

namespace lexecon::ledger {
namespace {

// Nobody looks for anything by these in the copy.
constexpr std::array<const char*, 6> unused{
    "decisions_counted",  "decisions_counted_by_actor", "decisions_counted_by_tenant",
    "decisions_by_actor", "decisions_by_tenant",        "decisions_by_idempotency"};

// Every projection is made again from the entries, in memory, and compared with the one on record.
class ProjectionsCheck final : public Check {
  void end(Evidence& evidence) override {
    if (!evidence.options.project) {
      remark("projections not compared (run with --deep)");
      return;
    }
    auto copy = store::Database::in_memory();
    copy.execute("BEGIN");
    store::migrate(copy);
    for (const auto* index : unused) copy.execute(std::string("DROP INDEX ") + index);
    if (!project(evidence, copy)) return;
    for (const auto* table : projection_tables) compare(evidence.database, copy, table);
  }

  // False when there is nothing to compare with, because an entry does not carry it.
  bool project(Evidence& evidence, store::Database& copy) {
    auto statement =
        evidence.database.prepare(std::string(select_rows) + " WHERE seq >= 0 ORDER BY seq");
    while (statement.step()) {
      const Row row = row_of(statement);
      try {
        const auto entry = chain::parse_entry(row.body);
        static_cast<void>(chain::check_event(entry.event_type, entry.data, entry.seq));
        evidence.options.project(copy, entry);
      } catch (const Error& error) {
        if (error.code() == ErrorCode::bad_input) {
          remark("not compared: " + chain::entry_id(row.seq) + " says nothing");
          return false;
        }
        if (error.code() != ErrorCode::integrity) throw;
        fail(row.seq, chain::entry_id(row.seq) + " cannot be projected: " + error.message());
        return false;
      }
    }
    return true;
  }

  void compare(store::Database& ours, store::Database& copy, const char* table) {
    saw();
    auto found = rows_of(ours, table);
    auto expected = rows_of(copy, table);
    bool is_found = found.step();
    bool is_expected = expected.step();
    while (is_found && is_expected && found.integer(0) == expected.integer(0) &&
           found.view(1) == expected.view(1)) {
      saw();
      is_found = found.step();
      is_expected = expected.step();
    }
    if (!is_found && !is_expected) return;
    std::int64_t seq = is_found ? found.integer(0) : expected.integer(0);
    if (is_expected) seq = std::min(seq, expected.integer(0));
    const std::string what = "the table `" + std::string(table) + "` differs from the entries";
    if (seq < 0) {
      fail(std::nullopt, what);
    } else {
      fail(static_cast<std::uint64_t>(seq),
           what + " at " + chain::entry_id(static_cast<std::uint64_t>(seq)));
    }
  }
};

}  // namespace

NewCheck new_projections_check() { return std::make_unique<ProjectionsCheck>(); }

}  // namespace lexecon::ledger
