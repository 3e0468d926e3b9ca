#include "ledger/writer.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <string>

#include "base/files.hpp"
#include "chain/checkpoint.hpp"
#include "chain/merkle.hpp"
#include "chain/sealed.hpp"
#include "crypto/identity.hpp"
#include "ledger/append.hpp"
#include "ledger/head.hpp"
#include "ledger/reader.hpp"
#include "unit/ledger/node.hpp"

using namespace lexecon;
using ledger::Writer;
using test::error_of;
using test::Node;

namespace {

constexpr std::int64_t second = 1'000'000;

std::uint64_t entries_of(const Node& node) {
  store::Database database(node.files.database(), store::OpenMode::read_only);
  return ledger::size(database);
}

chain::Checkpoint opened(const Node& node, const std::string& note) {
  return chain::open_checkpoint(note, {node.origin, node.key.public_key()});
}

std::string statement(const Node& node, const std::string& sql) {
  store::Database database(node.files.database(), store::OpenMode::read_write);
  database.execute(sql);
  return sql;
}

ErrorCode code_of_open(Node& node) {
  return error_of([&] { static_cast<void>(node.open()); }).code();
}

}  // namespace

TEST_SUITE("ledger/writer") {
  TEST_CASE("a new ledger holds its genesis, a checkpoint and both heads") {
    Node node;
    const std::string note = node.create();
    CHECK(opened(node, note).tree_size == 1);
    CHECK(test::slurp(node.files.head_note()) == note);
    CHECK(test::slurp(ledger::user_head(node.options.state_home, node.origin)) == note);
    struct stat found {};
    REQUIRE(stat(node.files.database().c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);

    store::Database database(node.files.database(), store::OpenMode::read_only);
    const auto genesis = ledger::read_entry(database, 0);
    REQUIRE(genesis);
    CHECK(genesis->entry.event_type == "genesis");
    CHECK(genesis->entry.actor == "node:node-1");
    CHECK(genesis->entry.origin == node.origin);
    CHECK(genesis->entry.data ==
          Json{{"ledger_vkey", crypto::vkey({node.origin, node.key.public_key()})},
               {"node_id", "node-1"}});
    CHECK(opened(node, note).root == chain::leaf_hash(genesis->bytes));
  }

  TEST_CASE("what is appended reads back, linked and rooted, in one or many transactions") {
    Node node;
    node.create();
    std::vector<Hash> leaves;
    std::string note;
    for (int i = 0; i < 20; ++i) {
      std::vector<ledger::Draft> drafts;
      for (int j = 0; j <= i % 4; ++j)
        drafts.push_back(Node::sealed_draft("text " + std::to_string(j)));
      drafts.push_back(Node::plain_draft("plain"));
      note = node.write(drafts);
      store::Database database(node.files.database(), store::OpenMode::read_only);
      Hash previous{};
      leaves.clear();
      ledger::each_entry(database, {}, [&](const ledger::StoredEntry& stored) {
        CHECK(stored.entry.seq == leaves.size());
        CHECK(stored.entry.previous_hash == previous);
        previous = stored.hash;
        leaves.push_back(chain::leaf_hash(stored.bytes));
        const auto sealed = ledger::read_sealed(database, stored.entry);
        CHECK(sealed.has_value() == (stored.entry.event_type == "test.sealed"));
      });
      const auto checkpoint = opened(node, note);
      CHECK(checkpoint.tree_size == leaves.size());
      CHECK(checkpoint.root == chain::root_of(leaves));
      CHECK(ledger::checkpoint_at(database, checkpoint.tree_size) == note);
      CHECK(test::slurp(node.files.head_note()) == note);
    }
  }

  TEST_CASE("append returns what was written") {
    Node node;
    node.create();
    auto writer = node.open();
    const auto appended = writer.append(Node::sealed_draft("hello"));
    CHECK(writer.origin() == node.origin);
    CHECK(writer.node_id() == "node-1");
    CHECK(writer.at() == node.now);
    writer.commit();
    store::Database database(node.files.database(), store::OpenMode::read_only);
    const auto stored = ledger::read_entry(database, 1);
    REQUIRE(stored);
    CHECK(stored->bytes == appended.bytes);
    CHECK(stored->hash == appended.hash);
    REQUIRE(appended.sealed);
    CHECK(ledger::read_sealed(database, stored->entry) == appended.sealed);
    CHECK(chain::unseal(*appended.sealed) == Json{{"text", "hello"}});
  }

  TEST_CASE("a transaction that is not committed leaves nothing") {
    Node node;
    const std::string note = node.create();
    {
      auto writer = node.open();
      writer.append(Node::plain_draft("lost"));
    }
    CHECK(entries_of(node) == 1);
    CHECK(test::slurp(node.files.head_note()) == note);
  }

  TEST_CASE("what is signed takes nothing more, and is worth nothing until it is committed") {
    Node node;
    const std::string note = node.create();
    {
      auto writer = node.open();
      CHECK(writer.sign() == note);
      writer.append(Node::plain_draft("lost"));
      CHECK(opened(node, writer.sign()).tree_size == 2);
    }
    CHECK(entries_of(node) == 1);
    CHECK(test::slurp(node.files.head_note()) == note);
    auto writer = node.open();
    writer.append(Node::plain_draft("kept"));
    const auto signed_note = writer.sign();
    CHECK(writer.sign() == signed_note);
    CHECK(error_of([&] { writer.append(Node::plain_draft("late")); }).code() ==
          ErrorCode::internal);
    CHECK(test::slurp(node.files.head_note()) == note);
    CHECK(writer.commit() == signed_note);
    CHECK(entries_of(node) == 2);
    CHECK(test::slurp(node.files.head_note()) == signed_note);
    CHECK(error_of([&] { writer.sign(); }).code() == ErrorCode::internal);
  }

  TEST_CASE("a commit of nothing returns the last note") {
    Node node;
    const std::string note = node.create();
    auto writer = node.open(Timestamp{node.now.micros + 5});
    CHECK(writer.commit() == note);
    CHECK_THROWS_AS(writer.append(Node::plain_draft("late")), Error);
    CHECK_THROWS_AS(writer.commit(), Error);
    CHECK(entries_of(node) == 1);
  }

  TEST_CASE("a refused draft leaves the transaction as it was") {
    Node node;
    node.create();
    auto writer = node.open();
    auto bad_type = Node::plain_draft("x");
    bad_type.event_type = "Not A Type";
    auto bad_shape = Node::plain_draft("x");
    bad_shape.event_type = "clock.accepted";
    auto second_genesis = Node::plain_draft("x");
    second_genesis.event_type = "genesis";
    second_genesis.data = {{"ledger_vkey", crypto::vkey({node.origin, node.key.public_key()})},
                           {"node_id", "node-1"}};
    auto large = Node::plain_draft("x");
    large.data["code"] = std::string(chain::max_entry_bytes, 'x');
    auto large_sealed = Node::plain_draft("x");
    large_sealed.sealed = Json(std::string(chain::max_sealed_bytes, 'x'));
    auto with_double = Node::plain_draft("x");
    with_double.data["code"] = 1.5;
    for (const auto& draft :
         {bad_type, bad_shape, second_genesis, large, large_sealed, with_double}) {
      CHECK(error_of([&] { writer.append(draft); }).code() == ErrorCode::bad_input);
    }
    writer.append(Node::plain_draft("good"));
    CHECK(opened(node, writer.commit()).tree_size == 2);
    CHECK(entries_of(node) == 2);
  }

  TEST_CASE("entries above the limit by one byte are refused, at the limit they stand") {
    Node node;
    node.create();
    auto writer = node.open();
    auto draft = Node::plain_draft("");
    const auto empty = writer.append(draft);
    draft.data["code"] = std::string(chain::max_entry_bytes - empty.bytes.size() + 1, 'x');
    CHECK(error_of([&] { writer.append(draft); }).code() == ErrorCode::bad_input);
    draft.data["code"] = std::string(chain::max_entry_bytes - empty.bytes.size(), 'x');
    CHECK(writer.append(draft).bytes.size() == chain::max_entry_bytes);
    writer.commit();
    CHECK(entries_of(node) == 3);
  }

  TEST_CASE("the last number of an entry is the last integer that JSON keeps") {
    Node node;
    const auto make = [&node](std::uint64_t seq) {
      return ledger::make_entry(Node::plain_draft("x"), {node.origin, seq, {}, node.now},
                                node.entropy);
    };
    constexpr std::uint64_t last = 9'007'199'254'740'991;
    CHECK(make(last).bytes.find("\"seq\":9007199254740991") != std::string::npos);
    CHECK(error_of([&] { static_cast<void>(make(last + 1)); }).code() == ErrorCode::bad_input);
    CHECK(error_of([&] { static_cast<void>(make(UINT64_MAX)); }).code() == ErrorCode::bad_input);
  }

  TEST_CASE("a clock up to 60 s behind repeats the last time") {
    for (const std::int64_t behind : {std::int64_t{1}, second, 60 * second}) {
      CAPTURE(behind);
      Node node;
      node.create();
      auto writer = node.open(Timestamp{test::epoch.micros - behind});
      CHECK(writer.at() == test::epoch);
      CHECK(writer.append(Node::plain_draft("x")).entry.timestamp == test::epoch);
      writer.commit();
    }
  }

  TEST_CASE("a clock further behind is refused unless accepted, and that is recorded first") {
    Node node;
    node.create();
    const Timestamp early{test::epoch.micros - 60 * second - 1};
    const Error error = error_of([&] { static_cast<void>(node.open(early)); });
    CHECK(error.code() == ErrorCode::configuration);
    CHECK(error.hint().find("--accept-clock") != std::string::npos);
    CHECK(entries_of(node) == 1);

    node.options.accept_clock = true;
    {
      auto writer = node.open(early);
      CHECK(opened(node, writer.commit()).tree_size == 1);  // nothing to record, nothing recorded
    }
    auto writer = node.open(Timestamp{test::epoch.micros - 3'600 * second});
    auto refused = Node::plain_draft("x");
    refused.event_type = "NO";
    CHECK_THROWS_AS(writer.append(refused), Error);
    writer.append(Node::plain_draft("x"));
    writer.append(Node::plain_draft("y"));
    writer.commit();
    store::Database database(node.files.database(), store::OpenMode::read_only);
    CHECK(ledger::size(database) == 4);
    const auto accepted = ledger::read_entry(database, 1);
    REQUIRE(accepted);
    CHECK(accepted->entry.event_type == "clock.accepted");
    CHECK(accepted->entry.data == Json{{"behind_seconds", 3'600}});
    CHECK(accepted->entry.timestamp == test::epoch);
  }

  TEST_CASE("one writer at a time: the second is told that the node is busy") {
    Node node;
    node.create();
    const auto first = node.open();
    const auto start = std::chrono::steady_clock::now();
    CHECK(code_of_open(node) == ErrorCode::busy);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1'500));
  }

  TEST_CASE("a key that is not the log's may not write") {
    Node node;
    node.create();
    const auto foreign = crypto::SecretKey::generate(node.entropy);
    const Error error =
        error_of([&] { Writer(node.files, foreign, node.now, node.entropy, node.options); });
    CHECK(error.code() == ErrorCode::not_permitted);
    CHECK(error.message().find(foreign.public_key().kid()) != std::string::npos);
  }

  TEST_CASE("nothing is created where something stands, and nothing of that is touched") {
    for (const char* name : {"ledger.db", "head.note", "ledger.db-journal"}) {
      CAPTURE(name);
      Node node;
      write_new_file(node.files.folder / name, "theirs", Access::private_to_owner);
      CHECK(error_of([&] { node.create(); }).code() == ErrorCode::cannot_create);
      CHECK(test::slurp(node.files.folder / name) == "theirs");
      CHECK(std::distance(std::filesystem::directory_iterator(node.files.folder), {}) == 1);
    }
  }

  TEST_CASE("a ledger that was begun and not committed leaves an empty folder") {
    Node node;
    {
      auto writer = Writer::create(node.files, node.key, node.origin, "node-1", node.now,
                                   node.entropy, node.options);
      writer.append(Node::plain_draft("x"));
    }
    CHECK(std::filesystem::is_empty(node.files.folder));
    CHECK_THROWS_AS(static_cast<void>(Writer::create(node.files, node.key, node.origin, "Bad Id",
                                                     node.now, node.entropy, node.options)),
                    Error);
    CHECK(std::filesystem::is_empty(node.files.folder));
    CHECK(opened(node, node.create()).tree_size == 1);
  }

  TEST_CASE("reserved and malformed names of a log are refused, the derived one is taken") {
    Node node;
    for (const auto& origin : {std::string("Upper"), std::string(),
                               std::string("lexecon.internal/log/") + std::string(32, '0')}) {
      node.origin = origin;
      CHECK(error_of([&] { node.create(); }).code() == ErrorCode::bad_input);
      CHECK(std::filesystem::is_empty(node.files.folder));
    }
    node.origin = chain::derived_origin(node.key.public_key());
    CHECK(opened(node, node.create()).tree_size == 1);
  }

  TEST_CASE("a second log of one name is refused while the head of the first stands") {
    Node node;
    node.create();
    std::filesystem::remove_all(node.files.folder);
    make_folder(node.files.folder, Access::private_to_owner);
    CHECK(error_of([&] { node.create(); }).code() == ErrorCode::cannot_create);
    CHECK(std::filesystem::is_empty(node.files.folder));
  }

  TEST_CASE("without a ledger there is nothing to open, and no lock is left behind") {
    Node node;
    CHECK(code_of_open(node) == ErrorCode::not_found);
    CHECK(std::filesystem::is_empty(node.files.folder));
  }

  TEST_CASE("a database switched to WAL is refused") {
    Node node;
    node.create();
    statement(node, "PRAGMA journal_mode=WAL");
    CHECK(code_of_open(node) == ErrorCode::configuration);
  }

  TEST_CASE("a closed log takes nothing more") {
    Node node;
    node.create();
    auto closing = Node::plain_draft("x");
    closing.event_type = "log.closed";
    closing.data = {{"reason", "retired"}};
    node.write({closing});
    CHECK(code_of_open(node) == ErrorCode::not_permitted);
  }

  TEST_CASE("no append builds on a rotten head") {
    const std::vector<std::string> changes{
        "UPDATE entries SET actor = 'node:other' WHERE seq = 4",
        "UPDATE entries SET entry_hash = zeroblob(32) WHERE seq = 4",
        "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'last', 'lost') AS BLOB)",
        "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'last', 'lost') AS BLOB), "
        "entry_hash = zeroblob(32) WHERE seq = 4",
        "DELETE FROM entries WHERE seq = 4",
        "DELETE FROM entries WHERE seq = 0",
        "DELETE FROM entries",
        "UPDATE entries SET seq = 5 WHERE seq = 4",
        "INSERT INTO entries SELECT 5, event_type, actor, timestamp, entry_hash, body FROM entries "
        "WHERE seq = 4",
        "UPDATE frontier SET hash = zeroblob(32)",
        "UPDATE frontier SET hash = zeroblob(31)",
        "UPDATE frontier SET level = 1",
        "DELETE FROM frontier",
        "INSERT INTO frontier VALUES(0, zeroblob(32))",
        "INSERT INTO frontier VALUES(77, zeroblob(32))",
        "DELETE FROM checkpoints WHERE tree_size = 5",
        "DELETE FROM checkpoints",
        "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE tree_size = 4) "
        "WHERE tree_size = 5",
        "UPDATE checkpoints SET note = note || 'x' WHERE tree_size = 5",
        "UPDATE checkpoints SET note = replace(note, 'e', 'f') WHERE tree_size = 5",
        "DROP TABLE frontier",
        "PRAGMA application_id=1",
    };
    for (const auto& change : changes) {
      CAPTURE(change);
      Node node;
      node.create();
      for (const char* text : {"a", "b", "c", "last"}) node.write({Node::plain_draft(text)});
      CHECK_NOTHROW(static_cast<void>(node.open()));
      {
        store::Database database(node.files.database(), store::OpenMode::read_write);
        database.execute("PRAGMA foreign_keys=OFF");
        database.execute(change);
      }
      CHECK(code_of_open(node) == ErrorCode::integrity);
    }
  }
}
