#include "ledger/reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::EntryFilter;
using test::error_of;
using test::Node;

namespace {

constexpr std::int64_t second = 1'000'000;

std::vector<std::uint64_t> found(const Node& node, const EntryFilter& filter) {
  store::Database database(node.files.database(), store::OpenMode::read_only);
  std::vector<std::uint64_t> seqs;
  ledger::each_entry(database, filter,
                     [&](const ledger::StoredEntry& stored) { seqs.push_back(stored.entry.seq); });
  return seqs;
}

using Seqs = std::vector<std::uint64_t>;

void fill(Node& node) {
  node.create();                                                  // 0
  node.write({Node::plain_draft("a"), Node::sealed_draft("b")});  // 1 2, a second later
  auto other = Node::plain_draft("a");
  other.actor = "operator:alice";
  other.data["tenant"] = "u";
  other.data["outcome"] = "denied";
  node.write({other});                   // 3
  node.write({Node::plain_draft("c")});  // 4
}

}  // namespace

TEST_SUITE("ledger/reader") {
  TEST_CASE("each filter leaves what it says, alone and together") {
    Node node;
    fill(node);
    CHECK(found(node, {}) == Seqs{0, 1, 2, 3, 4});
    EntryFilter filter;
    filter.reverse = true;
    CHECK(found(node, filter) == Seqs{4, 3, 2, 1, 0});
    filter.limit = 2;
    CHECK(found(node, filter) == Seqs{4, 3});
    filter = {};
    filter.event_type = "test.plain";
    CHECK(found(node, filter) == Seqs{1, 3, 4});
    filter.actor = "operator:alice";
    CHECK(found(node, filter) == Seqs{3});
    filter = {};
    filter.decision_id = "a";
    CHECK(found(node, filter) == Seqs{1, 3});
    filter.tenant = "t";
    CHECK(found(node, filter) == Seqs{1});
    filter = {};
    filter.outcome = "denied";
    CHECK(found(node, filter) == Seqs{3});
    filter.outcome = "nothing";
    CHECK(found(node, filter).empty());
    filter = {};
    filter.outcome = "approved";
    filter.limit = 1;
    CHECK(found(node, filter) == Seqs{1});
    filter.limit = 0;
    CHECK(found(node, filter).empty());
  }

  TEST_CASE("a span of time holds its start and not its end") {
    Node node;
    fill(node);
    EntryFilter filter;
    filter.from = Timestamp{test::epoch.micros + second};
    CHECK(found(node, filter) == Seqs{1, 2, 3, 4});
    filter.to = Timestamp{test::epoch.micros + 2 * second};
    CHECK(found(node, filter) == Seqs{1, 2});
    filter.from.reset();
    CHECK(found(node, filter) == Seqs{0, 1, 2});
  }

  TEST_CASE("what is not there is nothing") {
    Node node;
    fill(node);
    store::Database database(node.files.database(), store::OpenMode::read_only);
    CHECK(ledger::size(database) == 5);
    CHECK_FALSE(ledger::read_entry(database, 5));
    CHECK_FALSE(ledger::checkpoint_at(database, 2));
    CHECK(ledger::checkpoint_at(database, 3));
    CHECK(ledger::last_checkpoint(database) == ledger::checkpoint_at(database, 5));
    CHECK_FALSE(ledger::read_policy_file(database, Hash{}));
    CHECK_FALSE(ledger::read_sealed(database, ledger::read_entry(database, 1)->entry));
  }

  TEST_CASE("an altered row is refused and named") {
    for (const char* change :
         {"actor = 'node:x'", "event_type = 'test.other'", "entry_hash = zeroblob(32)",
          "timestamp = '2026-01-01T00:00:00.000000Z'", "body = zeroblob(10)",
          "body = CAST(replace(CAST(body AS TEXT), 'approved', 'refused!') AS BLOB)"}) {
      CAPTURE(change);
      Node node;
      fill(node);
      test::tamper(node).execute(std::string("UPDATE entries SET ") + change + " WHERE seq = 4");
      store::Database database(node.files.database(), store::OpenMode::read_only);
      const Error error = error_of([&] { static_cast<void>(ledger::read_entry(database, 4)); });
      CHECK(error.code() == ErrorCode::integrity);
      CHECK(error.where() == "entry_4");
      CHECK(error_of([&] { found(node, {}); }).code() == ErrorCode::integrity);
      CHECK_NOTHROW(static_cast<void>(ledger::read_entry(database, 3)));
    }
  }

  TEST_CASE("altered sealed content and policy files are refused") {
    Node node;
    fill(node);
    {
      auto database = test::tamper(node);
      database.execute("UPDATE sealed SET body = x'00'");
      database.execute("INSERT INTO policy_files VALUES(zeroblob(32), x'00')");
      database.prepare("INSERT INTO policy_files VALUES(?1, ?2)")
          .bind_blob(1, crypto::sha256("mode: strict").view())
          .bind_blob(2, "mode: strict")
          .run();
    }
    store::Database database(node.files.database(), store::OpenMode::read_only);
    const auto stored = ledger::read_entry(database, 2);
    REQUIRE(stored);
    CHECK(error_of([&] {
            static_cast<void>(ledger::read_sealed(database, stored->entry));
          }).code() == ErrorCode::integrity);
    CHECK(error_of([&] { static_cast<void>(ledger::read_policy_file(database, Hash{})); }).code() ==
          ErrorCode::integrity);
    CHECK(ledger::read_policy_file(database, crypto::sha256("mode: strict")) == "mode: strict");
  }
}
