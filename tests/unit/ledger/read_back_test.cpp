#include "ledger/read_back.hpp"

#include <doctest/doctest.h>

#include "store/schema.hpp"
#include "unit/ledger/node.hpp"

namespace lexecon {
namespace {

constexpr const char* note = "a note";

/// Three entries as a transaction writes them, the first and the last with sealed content.
struct Written {
  Written() {
    store::migrate(database);
    Entropy entropy = test::seeded_entropy(1);
    chain::CompactRange range;
    Hash previous{};
    for (const auto& draft : {test::Node::sealed_draft("first"), test::Node::plain_draft("second"),
                              test::Node::sealed_draft("third")}) {
      const auto appended = ledger::make_entry(
          draft, {"example.org/log", range.size(), previous, test::epoch}, entropy);
      read_back.expect(appended);
      ledger::insert_entry(database, appended);
      range.append(chain::leaf_hash(appended.bytes));
      previous = appended.hash;
    }
    checkpoint = {"example.org/log", range.size(), range.root()};
    database.prepare("INSERT INTO checkpoints(tree_size, note) VALUES(3, ?1)")
        .bind(1, std::string_view(note))
        .run();
  }

  void check() { read_back.check(database, checkpoint, note); }

  store::Database database = store::Database::in_memory();
  ledger::ReadBack read_back{{}, std::nullopt};
  chain::Checkpoint checkpoint;
};

}  // namespace

TEST_SUITE("ledger/read_back") {
  TEST_CASE("rows that are as they were written are believed") {
    Written written;
    CHECK_NOTHROW(written.check());
  }

  TEST_CASE(
      "a row that reads back differently, is gone or is one too many is an error of the disk") {
    for (const char* const fault :
         {"UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'second', 'zecond') AS BLOB) "
          "WHERE seq = 1",
          "UPDATE entries SET entry_hash = zeroblob(32) WHERE seq = 1",
          "UPDATE entries SET body = (SELECT body FROM entries WHERE seq = 1), entry_hash = "
          "(SELECT "
          "entry_hash FROM entries WHERE seq = 1) WHERE seq = 2",
          "DELETE FROM entries WHERE seq = 1", "DELETE FROM entries WHERE seq = 2",
          "INSERT INTO entries SELECT 3, event_type, actor, timestamp, entry_hash, body FROM "
          "entries "
          "WHERE seq = 2",
          "UPDATE sealed SET body = zeroblob(10) WHERE seq = 2",
          "UPDATE sealed SET body = (SELECT body FROM sealed WHERE seq = 0) WHERE seq = 2",
          "UPDATE sealed SET seq = 1 WHERE seq = 2", "DELETE FROM sealed WHERE seq = 0",
          "DELETE FROM sealed WHERE seq = 2",
          "INSERT INTO sealed SELECT 1, body FROM sealed WHERE seq = 0",
          "INSERT INTO sealed SELECT 3, body FROM sealed WHERE seq = 0",
          "UPDATE checkpoints SET note = 'another'", "DELETE FROM checkpoints"}) {
      CAPTURE(fault);
      Written written;
      written.database.execute("PRAGMA foreign_keys=OFF");
      written.database.execute(fault);
      REQUIRE(written.database.changes() == 1);
      const auto error = test::error_of([&] { written.check(); });
      CHECK(error.code() == ErrorCode::io);
      CHECK(error.message().ends_with("reads back differently from what was written"));
    }
  }

  TEST_CASE("a commitment that stood before tells of repeated randomness") {
    Written written;
    Entropy entropy = test::seeded_entropy(1);
    const auto again = ledger::make_entry(test::Node::sealed_draft("first"),
                                          {"example.org/log", 3, {}, test::epoch}, entropy);
    const auto error = test::error_of([&] { written.read_back.expect(again); });
    CHECK(error.code() == ErrorCode::io);
    CHECK(error.message() == "the source of randomness repeated itself");
  }
}

}  // namespace lexecon
