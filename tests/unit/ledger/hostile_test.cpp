// Databases that somebody made to harm their reader: none is a ledger, none runs, none hangs.
#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>

#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::Verdict;
using test::Node;

namespace {

constexpr std::size_t page_size = 4'096;

ledger::Verification verify(const Node& node) {
  ledger::VerifyOptions options;
  options.deep = true;
  return ledger::verify(node.files, options);
}

struct Crafted {
  std::string what;
  std::function<void(const Node&)> make;
  bool stops_writers = true;  // false: it lies where an append does not look
};

Crafted by_sql(const std::string& sql) {
  return {sql, [sql](const Node& node) {
            auto database = test::tamper(node);
            database.execute(sql);
          }};
}

void put_bytes(const Node& node, std::size_t at, const std::string& bytes) {
  std::fstream file(node.files.database(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(at));
  file << bytes;
}

Crafted by_bytes(const std::string& what, std::size_t at, const std::string& bytes) {
  return {what, [=](const Node& node) { put_bytes(node, at, bytes); }};
}

Crafted unseen_by_writers(Crafted crafted) {
  crafted.stops_writers = false;
  return crafted;
}

std::string big_endian(std::size_t value) {
  std::string out;
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    out += static_cast<char>((value >> shift) & 0xFFU);
  return out;
}

std::size_t root_of(const Node& node, const std::string& name) {
  auto database = test::tamper(node);
  auto statement = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?1");
  statement.bind(1, std::string_view(name));
  REQUIRE(statement.step());
  return static_cast<std::size_t>(statement.integer(0));
}

// The last child of a tree's root is the root itself, or another page that is none of its own.
Crafted with_child(const std::string& what, const std::function<std::size_t(const Node&)>& child) {
  return {what, [child](const Node& node) {
            const std::size_t start = (root_of(node, "entries") - 1) * page_size;
            REQUIRE(test::slurp(node.files.database()).at(start) == 5);  // an inner page
            put_bytes(node, start + 8, big_endian(child(node)));
          }};
}

std::vector<Crafted> crafted() {
  const std::string counting =
      "WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r";
  return {
      by_sql("CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END"),
      by_sql("CREATE VIEW v AS " + counting),
      by_sql("CREATE VIEW v AS SELECT load_extension('/tmp/x')"),
      by_sql("CREATE TABLE g(a, b AS (zeroblob(1000000000)))"),
      by_sql("CREATE TABLE d(a DEFAULT (randomblob(1000000000)))"),
      by_sql("CREATE TABLE c(a CHECK (length(a) < 1000000000))"),
      by_sql("CREATE TABLE sqlitelike(a)"),
      by_sql("CREATE INDEX i ON entries(length(body) * 1000000)"),
      by_sql("CREATE INDEX i ON entries(seq) WHERE seq > 1"),
      by_sql("DROP INDEX decisions_by_actor"),
      by_sql("DROP TABLE escalations"),
      by_sql("ALTER TABLE entries ADD COLUMN more TEXT"),
      by_sql("ALTER TABLE sealed RENAME TO seales"),
      by_sql("PRAGMA user_version = 0"),
      by_sql("PRAGMA user_version = 99"),
      by_sql("PRAGMA user_version = -1"),
      by_sql("PRAGMA application_id = 7"),
      unseen_by_writers(by_sql("UPDATE sealed SET body = zeroblob(9000000)")),
      by_sql("UPDATE entries SET body = zeroblob(9000000)"),
      by_bytes("another magic", 0, "SQLite format 4"),
      by_bytes("pages of 512 bytes", 16, std::string("\x02\x00", 2)),
      by_bytes("pages of no size", 16, std::string("\x00\x03", 2)),
      by_bytes("a log beside it", 18, "\x02\x02"),
      by_bytes("bytes kept free on each page", 20, "\xff"),
      by_bytes("text in UTF-16", 56, std::string("\x00\x00\x00\x02", 4)),
      by_bytes("a schema of another format", 44, std::string("\x00\x00\x00\x09", 4)),
      unseen_by_writers(by_bytes("a free list into nowhere", 32,
                                 std::string("\x7f\xff\xff\xff\x00\x00\x00\x09", 8))),
      by_bytes("a first page that is no table", 100, "\x0a"),
      {"a statement with another letter",
       [](const Node& node) {
         const auto at = test::slurp(node.files.database()).find("CREATE TABLE frontier(");
         REQUIRE(at != std::string::npos);
         put_bytes(node, at + std::string("CREATE TABLE fr").size(), "O");
       }},
      with_child("a tree that is its own child",
                 [](const Node& node) { return root_of(node, "entries"); }),
      with_child("a tree with a page of another tree",
                 [](const Node& node) { return root_of(node, "checkpoints"); }),
      with_child("a tree with a page beyond the file", [](const Node&) { return 0x7FFFFFFFU; }),
      with_child("a tree with the page zero", [](const Node&) { return 0U; }),
      {"half a file",
       [](const Node& node) {
         std::filesystem::resize_file(node.files.database(), 10 * page_size + 17);
       }},
  };
}

}  // namespace

TEST_SUITE("ledger/hostile") {
  TEST_CASE("crafted databases are no ledgers, for the verifier and for writers") {
    Node node;
    node.create();
    for (int i = 0; i < 12; ++i) {
      node.write({Node::sealed_draft(std::string(900, 'x')), Node::plain_draft("p")});
    }
    const std::string bytes = test::slurp(node.files.database());
    int count = 0;
    for (const auto& each : crafted()) {
      CAPTURE(each.what);
      each.make(node);
      const auto started = std::chrono::steady_clock::now();
      try {
        CHECK(verify(node).verdict == Verdict::invalid);
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::configuration);  // switched to WAL, or a newer schema
      }
      bool is_open = true;
      try {
        static_cast<void>(node.open());
      } catch (const Error& error) {
        is_open = false;
        CHECK((error.code() == ErrorCode::integrity || error.code() == ErrorCode::configuration));
      }
      CHECK(is_open != each.stops_writers);
      CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(5));
      std::ofstream(node.files.database(), std::ios::binary | std::ios::trunc) << bytes;
      ++count;
    }
    // What lies behind the last page is nothing to SQLite, however much it is.
    std::filesystem::resize_file(node.files.database(), 10ULL << 30U);
    CHECK(verify(node).verdict == Verdict::valid);
    std::cout << "crafted databases: " << count << "\n";
  }
}
