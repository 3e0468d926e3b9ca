#include "store/database.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "support/support.hpp"
#include "unit/store/faulty_vfs.hpp"

using namespace lexecon;
using store::Database;
using store::OpenMode;
using store::Transaction;

namespace {

template <class Action>
Error error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error");
  return Error(ErrorCode::internal, "none");
}

void create_with_row(const Path& path) {
  Database database(path, OpenMode::create);
  database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB) STRICT");
  database.execute("INSERT INTO t VALUES(1, 'one', x'0001')");
}

std::string setting(Database& database, const std::string& name) {
  auto statement = database.prepare("SELECT CAST(" + name + " AS TEXT) FROM pragma_" + name);
  return statement.step() ? statement.text(0) : "";
}

// Rows of several pages, with room among them.
void create_with_gaps(const Path& path) {
  Database database(path, OpenMode::create);
  database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB) STRICT");
  database.execute(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
      "INSERT INTO t SELECT i, zeroblob(1000) FROM n");
  database.execute("DELETE FROM t WHERE a % 4 = 0");
}

std::string answer(const Path& path, const std::string& sql) {
  Database database(path, OpenMode::read_write);
  auto statement = database.prepare(sql);
  REQUIRE(statement.step());
  return statement.text(0);
}

}  // namespace

TEST_SUITE("store/database") {
  TEST_CASE("a relative path and a URI are refused") {
    for (const char* path : {"ledger.db", "file:ledger.db?mode=memory", ":memory:", ""}) {
      CAPTURE(path);
      CHECK(error_of([&] { Database(path, OpenMode::read_write); }).code() == ErrorCode::internal);
    }
  }

  TEST_CASE("a path that looks like a URI below a folder is a plain file name") {
    const test::TempFolder folder;
    create_with_row(folder / "file:x?mode=memory");
    CHECK(std::filesystem::file_size(folder / "file:x?mode=memory") > 0);
  }

  TEST_CASE("creating makes a private file and never opens one that is there") {
    const test::TempFolder folder;
    const mode_t before = umask(0);
    create_with_row(folder / "a.db");
    umask(before);
    struct stat found {};
    REQUIRE(stat((folder / "a.db").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    CHECK(error_of([&] { Database(folder / "a.db", OpenMode::create); }).code() ==
          ErrorCode::cannot_create);
  }

  TEST_CASE("a missing file is not found and is not made") {
    const test::TempFolder folder;
    for (const OpenMode mode : {OpenMode::read_only, OpenMode::read_write}) {
      CHECK(error_of([&] { Database(folder / "a.db", mode); }).code() == ErrorCode::not_found);
      CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
    }
    CHECK(error_of([&] { Database(folder.path() / "no" / "a.db", OpenMode::read_only); }).code() ==
          ErrorCode::not_found);
  }

  TEST_CASE("a link in place of the file is refused, a link on the way to it is not") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    std::filesystem::create_symlink(folder / "a.db", folder / "link.db");
    CHECK(error_of([&] { Database(folder / "link.db", OpenMode::read_only); }).code() ==
          ErrorCode::io);
    std::filesystem::create_directory_symlink(folder.path(), folder / "way");
    CHECK_NOTHROW(Database(folder.path() / "way" / "a.db", OpenMode::read_only));
  }

  TEST_CASE("every setting reads back as the format asks") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    Database database(folder / "a.db", OpenMode::read_write);
    CHECK(setting(database, "journal_mode") == "delete");
    CHECK(setting(database, "synchronous") == "3");
    CHECK(setting(database, "fullfsync") == "1");
    CHECK(setting(database, "secure_delete") == "1");
    CHECK(setting(database, "foreign_keys") == "1");
    CHECK(setting(database, "trusted_schema") == "0");
    CHECK(setting(database, "cell_size_check") == "1");
    CHECK(setting(database, "cache_size") == "-16384");
    CHECK(setting(database, "temp_store") == "2");
  }

  // Each is what one switch or limit is for, and works in SQLite as it comes.
  TEST_CASE("what no ledger needs is refused, statement by statement") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    Database database(folder / "a.db", OpenMode::read_write);
    const auto repeated = [](const std::string& first, const std::string& each, int count) {
      std::string sql = first;
      for (int i = 1; i < count; ++i) sql += each;
      return sql;
    };
    for (const std::string& sql :
         {std::string("ATTACH ':memory:' AS other"), std::string("SELECT \"in double quotes\""),
          std::string("CREATE TABLE u(a CHECK(a <> \"in double quotes\"))"),
          std::string("SELECT load_extension('x')"),
          std::string("SELECT fts3_tokenizer('simple', x'00')"),
          std::string("SELECT zeroblob(10000001)"), repeated("SELECT 1", " + 1", 60),
          repeated("SELECT 1", ", 1", 101), "SELECT '" + std::string(100'001, 'x') + "'"}) {
      CAPTURE(sql.substr(0, 60));
      CHECK_THROWS_AS(database.execute(sql), Error);
    }
    database.execute("PRAGMA writable_schema=ON");
    CHECK_THROWS_AS(database.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE t(z)'"), Error);
    CHECK_NOTHROW(database.execute(repeated("SELECT 1", " + 1", 40)));
    CHECK_NOTHROW(database.execute("SELECT length(zeroblob(9000000))"));
  }

  TEST_CASE("triggers and views of others do not run") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    Database database(folder / "a.db", OpenMode::read_write);
    database.execute(
        "CREATE TRIGGER hostile AFTER INSERT ON t BEGIN DELETE FROM t WHERE a = 1; END");
    database.execute("CREATE VIEW v AS SELECT a FROM t");
    database.execute("INSERT INTO t VALUES(2, 'two', x'')");
    auto statement = database.prepare("SELECT count(*) FROM t");
    REQUIRE(statement.step());
    CHECK(statement.integer(0) == 2);
    CHECK_THROWS_AS(database.execute("SELECT a FROM v"), Error);
  }

  TEST_CASE("a database switched to WAL is refused with the way back") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    {
      std::fstream file(folder / "a.db", std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(18);
      file.write("\x02\x02", 2);  // the header's read and write versions: what the pragma changes
    }
    for (const OpenMode mode : {OpenMode::read_write, OpenMode::read_only}) {
      const Error error = error_of([&] { Database(folder / "a.db", mode); });
      CHECK(error.code() == ErrorCode::configuration);
      CHECK(error.hint().find("PRAGMA journal_mode=DELETE") != std::string::npos);
    }
  }

  TEST_CASE("what is not a database is an integrity error") {
    const test::TempFolder folder;
    {
      std::ofstream file(folder / "a.db", std::ios::binary);
      file << std::string(8'192, 'x');
    }
    const Error error = error_of([&] { Database(folder / "a.db", OpenMode::read_only); });
    CHECK(error.code() == ErrorCode::integrity);
    CHECK(error.where() == (folder / "a.db").string());
  }

  TEST_CASE("a lock that another holds is busy after the patience given") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    Database holder(folder / "a.db", OpenMode::read_write);
    const Transaction transaction(holder, Transaction::Kind::write);
    Database second(folder / "a.db", OpenMode::read_write, std::chrono::milliseconds(50));
    const auto start = std::chrono::steady_clock::now();
    CHECK(error_of([&] { Transaction(second, Transaction::Kind::write); }).code() ==
          ErrorCode::busy);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
  }

  TEST_CASE("a transaction that was not committed leaves nothing") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    Database database(folder / "a.db", OpenMode::read_write);
    {
      const Transaction transaction(database, Transaction::Kind::write);
      database.execute("DELETE FROM t");
      CHECK(database.changes() == 1);
    }
    auto statement = database.prepare("SELECT count(*) FROM t");
    REQUIRE(statement.step());
    CHECK(statement.integer(0) == 1);
  }

  TEST_CASE("a read transaction keeps its snapshot from its first moment") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    Database reader(folder / "a.db", OpenMode::read_only);
    Database writer(folder / "a.db", OpenMode::read_write, std::chrono::milliseconds(10));
    const Transaction snapshot(reader, Transaction::Kind::read);
    CHECK(error_of([&] { writer.execute("DELETE FROM t"); }).code() == ErrorCode::busy);
  }

  TEST_CASE("values go in and come out as they are, and no type is converted") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    Database database(folder / "a.db", OpenMode::read_write);
    const std::string odd("a\0b", 3);
    database.prepare("INSERT INTO t VALUES(?1, ?2, ?3)")
        .bind(1, std::int64_t{9'007'199'254'740'991})
        .bind(2, std::string_view(odd))
        .bind_blob(3, std::string_view())
        .run();
    auto statement = database.prepare("SELECT a, b, c, NULL FROM t ORDER BY a DESC");
    REQUIRE(statement.step());
    CHECK(statement.integer(0) == 9'007'199'254'740'991);
    CHECK(statement.text(1) == odd);
    CHECK(statement.blob(2).empty());
    CHECK_FALSE(statement.is_null(2));
    CHECK(statement.optional_text(3) == std::nullopt);
    CHECK(statement.optional_integer(3) == std::nullopt);
    CHECK(error_of([&] { static_cast<void>(statement.integer(1)); }).code() ==
          ErrorCode::integrity);
    CHECK(error_of([&] { static_cast<void>(statement.text(2)); }).code() == ErrorCode::integrity);
    CHECK(error_of([&] { static_cast<void>(statement.blob(1)); }).code() == ErrorCode::integrity);
    CHECK(error_of([&] { static_cast<void>(statement.view(0)); }).code() == ErrorCode::integrity);
    CHECK(error_of([&] { static_cast<void>(statement.text(3)); }).code() == ErrorCode::integrity);
  }

  TEST_CASE("a crash leaves a journal that the next to open rolls back, or names when it may not") {
    const test::TempFolder folder;
    create_with_row(folder / "a.db");
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      Database database(folder / "a.db", OpenMode::read_write);
      database.execute("PRAGMA cache_size=1");
      database.execute("PRAGMA cache_spill=1");
      database.execute("BEGIN IMMEDIATE");
      database.execute("DELETE FROM t");
      database.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
          "INSERT INTO t SELECT i, hex(zeroblob(2000)), zeroblob(2000) FROM n");
      _exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(status == 0);
    REQUIRE(std::filesystem::exists(folder / "a.db-journal"));

    // A medium that cannot be written; root is not stopped by permissions, so it steps down.
    using std::filesystem::perms;
    std::filesystem::permissions(folder.path(), perms(0555));
    std::filesystem::permissions(folder / "a.db", perms(0444));
    std::filesystem::permissions(folder / "a.db-journal", perms(0444));
    const bool root = geteuid() == 0;
    if (root) REQUIRE(seteuid(65'534) == 0);
    const Error error = error_of([&] { Database(folder / "a.db", OpenMode::read_only); });
    if (root) REQUIRE(seteuid(0) == 0);
    CHECK(error.code() == ErrorCode::io);
    CHECK(error.message().find("a.db-journal") != std::string::npos);
    CHECK(error.hint().find("never delete the journal") != std::string::npos);
    std::filesystem::permissions(folder.path(), perms(0700));
    std::filesystem::permissions(folder / "a.db", perms(0600));
    std::filesystem::permissions(folder / "a.db-journal", perms(0600));

    for (const OpenMode mode : {OpenMode::read_only, OpenMode::read_write}) {
      Database database(folder / "a.db", mode);
      auto statement = database.prepare("SELECT b FROM t");
      REQUIRE(statement.step());
      CHECK(statement.text(0) == "one");
      CHECK_FALSE(statement.step());
      CHECK_FALSE(std::filesystem::exists(folder / "a.db-journal"));
    }
  }
  // What the pages held before stands in the journal alone until the disk takes it back.
  TEST_CASE("a disk that stops a vacuum, and its rollback, takes no row away") {
    test::FaultyVfs vfs;
    for (const bool sticky : {false, true}) {
      bool was_triggered = true;
      for (int n = 1; was_triggered; ++n) {
        CAPTURE(sticky);
        CAPTURE(n);
        const test::TempFolder folder;
        const Path path = folder / "a.db";
        create_with_gaps(path);
        bool done = false;
        {
          Database database(path, OpenMode::read_write);
          vfs.plan({{test::Operation::write, test::Operation::truncate, test::Operation::sync},
                    n,
                    SQLITE_OK,
                    sticky});
          try {
            database.vacuum();
            done = true;
          } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::io);
          }
          was_triggered = vfs.was_triggered();
          vfs.heal();
        }
        CHECK(answer(path, "SELECT CAST(count(*) AS TEXT) FROM t") == "30");
        CHECK(answer(path, "PRAGMA integrity_check") == "ok");
        if (done) CHECK_FALSE(std::filesystem::exists(folder / "a.db-journal"));
        REQUIRE(n < 500);
      }
    }
  }
}
