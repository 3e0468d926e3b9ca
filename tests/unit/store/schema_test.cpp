#include "store/schema.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "support/support.hpp"

using namespace lexecon;

namespace {

store::Database fresh(const test::TempFolder& folder) {
  store::Database database(folder / "ledger.db", store::OpenMode::create);
  store::Transaction transaction(database, store::Transaction::Kind::write);
  store::migrate(database);
  transaction.commit();
  return database;
}

std::string dump(store::Database& database) {
  std::string out;
  for (const char* pragma : {"application_id", "user_version"}) {
    auto statement = database.prepare(std::string("PRAGMA ") + pragma);
    REQUIRE(statement.step());
    out += std::string("PRAGMA ") + pragma + "=" + std::to_string(statement.integer(0)) + ";\n";
  }
  auto statement = database.prepare("SELECT sql FROM sqlite_schema ORDER BY rowid");
  while (statement.step()) out += statement.text(0) + ";\n";
  return out;
}

// Another connection with none of our settings, as the sqlite3 shell would open it.
ErrorCode code_after(const test::TempFolder& folder, const std::string& sql) {
  {
    store::Database database(folder / "ledger.db", store::OpenMode::read_write);
    database.execute(sql);
  }
  store::Database database(folder / "ledger.db", store::OpenMode::read_only);
  try {
    store::check_schema(database);
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("the schema passed after " << sql);
  return ErrorCode::internal;
}

}  // namespace

TEST_SUITE("store/schema") {
  TEST_CASE("schema 1 is the one on record") {
    const test::TempFolder folder;
    auto database = fresh(folder);
    CHECK(dump(database) == test::slurp(test::data_file("schema/1.sql")));
  }

  TEST_CASE("the record of schema 1 passes the check statement by statement") {
    const test::TempFolder folder;
    {
      store::Database database(folder / "ledger.db", store::OpenMode::create);
      const std::string script = test::slurp(test::data_file("schema/1.sql"));
      for (std::size_t at = 0; at < script.size();) {
        const auto end = script.find(";\n", at);
        REQUIRE(end != std::string::npos);
        database.execute(script.substr(at, end - at));
        at = end + 2;
      }
    }
    store::Database database(folder / "ledger.db", store::OpenMode::read_only);
    CHECK_NOTHROW(store::check_schema(database));
  }

  TEST_CASE("migrating twice changes nothing") {
    const test::TempFolder folder;
    auto database = fresh(folder);
    const std::string before = dump(database);
    store::migrate(database);
    CHECK(dump(database) == before);
    CHECK_NOTHROW(store::check_schema(database));
  }

  TEST_CASE("a schema that differs by one statement is refused") {
    const std::vector<std::string> changes{
        "CREATE TABLE another(a)",
        "CREATE INDEX another ON entries(actor)",
        "CREATE VIEW another AS SELECT 1",
        "CREATE TRIGGER another AFTER INSERT ON entries BEGIN SELECT 1; END",
        "DROP INDEX decisions_by_actor",
        "DROP TABLE frontier",
        "ALTER TABLE entries ADD COLUMN another TEXT",
        "ALTER TABLE entries RENAME COLUMN actor TO actress",
        "CREATE TABLE another(a UNIQUE)",
        "ANALYZE",
        "PRAGMA application_id=7",
        "PRAGMA user_version=0",
        "PRAGMA user_version=-1",
    };
    for (const auto& change : changes) {
      CAPTURE(change);
      const test::TempFolder folder;
      fresh(folder);
      CHECK(code_after(folder, change) == ErrorCode::integrity);
    }
  }

  TEST_CASE("a newer schema is a matter of configuration, for reading and for migrating") {
    const test::TempFolder folder;
    fresh(folder);
    CHECK(code_after(folder, "PRAGMA user_version=2") == ErrorCode::configuration);
    store::Database database(folder / "ledger.db", store::OpenMode::read_write);
    CHECK_THROWS_AS(store::migrate(database), Error);
  }

  TEST_CASE("tables of another program are never migrated") {
    const test::TempFolder folder;
    store::Database database(folder / "other.db", store::OpenMode::create);
    database.execute("CREATE TABLE theirs(a)");
    CHECK_THROWS_WITH_AS(store::migrate(database),
                         "not a lexecon ledger: it holds tables but no schema version", Error);
  }
}
