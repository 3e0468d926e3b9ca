#include "base/error.hpp"
#include "base/text.hpp"
#include "ledger/verify_checks.hpp"
#include "store/schema.hpp"

namespace lexecon::ledger {
namespace {

// SQLite's own view of the file: pages, indexes, types.
class DatabaseCheck final : public Check {
  void start(Evidence& evidence) override {
    auto statement = evidence.database.prepare("PRAGMA integrity_check(1)");
    while (statement.step()) {
      saw();
      const std::string said = statement.text(0);
      if (said != "ok") fail(std::nullopt, "the database is damaged: " + printable(said));
    }
  }
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
