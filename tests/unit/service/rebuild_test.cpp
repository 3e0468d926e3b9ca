#include "service/rebuild.hpp"

#include <iostream>

#include "office.hpp"
#include "service/activate.hpp"
#include "service/tokens.hpp"
#include "service/verify.hpp"
#include "unit/store/faulty_vfs.hpp"

namespace lexecon {
namespace {

using test::code_of;
using test::Office;

void sql(const Office& office, const std::string& statement) {
  store::Database database(office.node().files.database(), store::OpenMode::read_write);
  database.execute(statement);
}

/// A row or more in every projection: two sets, decisions of every kind, tokens used and revoked.
struct Busy {
  Busy() {
    office.pass(1);
    Json first = test::reading();
    first["idempotency_key"] = "k1";
    first["tenant"] = "acme";
    const auto spent = office.decide(first);
    (void)service::verify_token(office.node(), *spent.token,
                                {.audience = {},
                                 .action = "action:read",
                                 .tool = std::nullopt,
                                 .resource = "resource:db:sales",
                                 .data_classes = {},
                                 .params_hash = std::nullopt},
                                office.session());
    for (const auto& request : {test::paying(), test::dropping(), test::shipping()}) {
      office.pass(1);
      (void)office.decide(request);
    }
    const auto revoked = office.decide(test::reading());
    (void)service::revoke_tokens(office.node(), {std::nullopt, std::nullopt, *revoked.token},
                                 "test", office.session());
    office.write("policies/extra.yaml", "policy_id: pol_extra_v1\nrelations: []\n");
    (void)service::activate(office.node(), std::nullopt, {}, office.session());
    rows = office.projections();
    bodies = office.bodies();
  }

  [[nodiscard]] service::Rebuilt rebuild() {
    return service::rebuild(office.node().files, office.session().write);
  }
  [[nodiscard]] std::string deep() {
    const auto found = service::verify_ledger(office.node().files,
                                              {.state_home = office.session().write.state_home,
                                               .pins = {},
                                               .older_notes = {},
                                               .skip = {}},
                                              service::Depth::all);
    return found.verdict == ledger::Verdict::valid ? "valid" : "not valid";
  }

  Office office;
  std::vector<std::string> rows;
  std::vector<std::string> bodies;
};

/// Every column of a table, with a value that it could hold.
std::vector<std::string> damages(const Office& office) {
  auto database = service::open_ledger(office.node());
  std::vector<std::string> out;
  for (const auto* table : {"policy_sets", "token_keys", "decisions", "tokens", "escalations"}) {
    const std::string name = table;
    out.push_back("DELETE FROM " + name);
    out.push_back("DELETE FROM " + name + " WHERE seq = (SELECT min(seq) FROM " + name + ")");
    auto columns = database.prepare("SELECT name, type FROM pragma_table_info(?1)");
    columns.bind(1, std::string_view(name));
    while (columns.step()) {
      const auto type = columns.text(1);
      const std::string value =
          type == "INTEGER" ? "1000" : (type == "BLOB" ? "x'00'" : "'altered'");
      out.push_back("UPDATE " + name + " SET " + columns.text(0) + " = " + value +
                    " WHERE seq = (SELECT max(seq) FROM " + name + ")");
    }
  }
  out.emplace_back("INSERT INTO token_keys VALUES (4, 'x', 'y', NULL)");
  out.emplace_back("DELETE FROM frontier");
  out.emplace_back("UPDATE frontier SET hash = zeroblob(32) WHERE level = 0");
  out.emplace_back(
      "UPDATE frontier SET level = 40 WHERE level = (SELECT max(level) FROM frontier)");
  return out;
}

}  // namespace

TEST_SUITE("service/rebuild") {
  TEST_CASE("whatever was done to a table is mended, and an entry is neither added nor changed") {
    Busy busy;
    int mended = 0;
    for (const auto& damage : damages(busy.office)) {
      CAPTURE(damage);
      sql(busy.office, damage);
      const auto rebuilt = busy.rebuild();
      CHECK(rebuilt.changed());
      CHECK(rebuilt.entries == busy.bodies.size());
      CHECK(busy.office.projections() == busy.rows);
      CHECK_FALSE(busy.rebuild().changed());
      ++mended;
    }
    CHECK(busy.office.bodies() == busy.bodies);
    CHECK(busy.deep() == "valid");
    std::cout << "rebuild: " << mended << " damages mended\n";
  }

  TEST_CASE("the tables that differed are named, with their rows") {
    Busy busy;
    sql(busy.office, "DELETE FROM tokens");
    const auto rebuilt = busy.rebuild();
    for (const auto& table : rebuilt.tables) {
      CAPTURE(table.name);
      CHECK(table.changed == (table.name == "tokens"));
      if (table.name == "tokens") CHECK(table.rows == 2);
      if (table.name == "decisions") CHECK(table.rows == 5);
    }
    CHECK(rebuilt.tables.back().name == "frontier");
  }

  TEST_CASE("a ledger that is not valid is left as it is") {
    for (const auto* damage :
         {"UPDATE entries SET actor = 'node:other' WHERE seq = 1",
          "UPDATE entries SET body = CAST(body || ' ' AS BLOB) WHERE seq = 3",
          "DELETE FROM checkpoints WHERE tree_size = 3", "DELETE FROM policy_files",
          "UPDATE sealed SET body = x'00' WHERE seq = 3"}) {
      CAPTURE(damage);
      Busy busy;
      sql(busy.office, "DELETE FROM tokens");
      sql(busy.office, damage);
      const auto rows = busy.office.projections();
      CHECK(code_of([&] { (void)busy.rebuild(); }) == ErrorCode::integrity);
      CHECK(busy.office.projections() == rows);
    }
    Busy headless;
    headless.office.remove("head.note");
    CHECK(code_of([&] { (void)headless.rebuild(); }) == ErrorCode::integrity);
  }

  TEST_CASE("beside a writer it waits for the lock, and says who holds it") {
    Busy busy;
    const FileLock held(busy.office.node().files.lock(), std::chrono::milliseconds(0));
    auto options = busy.office.session().write;
    options.patience = std::chrono::milliseconds(20);
    CHECK(code_of([&] { (void)service::rebuild(busy.office.node().files, options); }) ==
          ErrorCode::busy);
  }

  TEST_CASE("a disk that fails at any operation leaves all tables as they were, or all mended") {
    test::FaultyVfs vfs;
    Busy busy;
    int faults = 0;
    for (int n = 1;; ++n) {
      CAPTURE(n);
      sql(busy.office, "DELETE FROM tokens");
      sql(busy.office, "UPDATE decisions SET actor = 'actor:agent:other'");
      const auto damaged = busy.office.projections();
      vfs.plan({{test::Operation::write, test::Operation::truncate, test::Operation::sync,
                 test::Operation::remove, test::Operation::open},
                n,
                SQLITE_IOERR_WRITE,
                n % 2 == 0});
      bool done = false;
      try {
        (void)busy.rebuild();
        done = true;
      } catch (const Error& error) {
        CAPTURE(error.message());
        CHECK((error.code() == ErrorCode::io || error.code() == ErrorCode::busy));
      }
      const bool was_triggered = vfs.was_triggered();
      vfs.heal();
      const auto found = busy.office.projections();
      CHECK((found == busy.rows || (!done && found == damaged)));
      CHECK(busy.office.verified() == "valid");
      if (!was_triggered) {
        CHECK(done);
        break;
      }
      ++faults;
      REQUIRE(n < 500);
    }
    CHECK(faults > 10);
    std::cout << "rebuild, faults: " << faults << " places\n";
  }
}

}  // namespace lexecon
