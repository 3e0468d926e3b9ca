#include "ledger/follow.hpp"

#include "unit/ledger/forge.hpp"

using namespace lexecon;
using test::error_of;
using test::Node;

namespace {

ledger::Follower follow(const Node& node, std::optional<std::uint64_t> from = std::nullopt) {
  return {node.files, node.options.state_home, from};
}

/// The seqs of everything there is to read now.
std::vector<std::uint64_t> drain(ledger::Follower& follower) {
  std::vector<std::uint64_t> seqs;
  for (auto found = follower.next(); !found.empty(); found = follower.next()) {
    for (const auto& each : found) seqs.push_back(each.entry.seq);
  }
  return seqs;
}

std::vector<std::uint64_t> range(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> seqs;
  for (; from < to; ++from) seqs.push_back(from);
  return seqs;
}

struct Grown {
  Grown() {
    node.create();
    for (int i = 0; i < 4; ++i) node.write({Node::plain_draft("x")});
  }
  void damage(const std::string& sql) const { test::tamper(node).execute(sql); }
  Node node;
};

}  // namespace

TEST_SUITE("ledger/follow") {
  TEST_CASE("every entry comes once and in order, whatever the groups it was written in") {
    Node node;
    node.create();
    auto from_start = follow(node, 0);
    auto from_end = follow(node);
    CHECK(drain(from_start) == range(0, 1));
    CHECK(drain(from_end).empty());
    std::uint64_t size = 1;
    for (const std::uint64_t count : {1U, 300U, 2U, 513U}) {
      const std::vector<ledger::Draft> drafts(count, Node::plain_draft("x"));
      node.write(drafts);
      CHECK(drain(from_start) == range(size, size + count));
      CHECK(drain(from_end) == range(size, size + count));
      size += count;
    }
    auto from_middle = follow(node, 300);
    CHECK(drain(from_middle) == range(300, size));
    CHECK(drain(from_middle).empty());
    auto beyond = follow(node, size + 10);
    CHECK(drain(beyond).empty());
  }

  TEST_CASE("a call returns a megabyte or so at most") {
    Node node;
    node.create();
    const std::vector<ledger::Draft> drafts(60, Node::plain_draft(std::string(20'000, 'x')));
    node.write(drafts);
    auto follower = follow(node, 0);
    const auto first = follower.next();
    CHECK(first.size() < 30);
    CHECK(first.size() + drain(follower).size() == 61);
  }

  TEST_CASE("what a signed root does not cover is not shown") {
    for (const auto* damage :
         {"UPDATE entries SET body = CAST(body || ' ' AS BLOB) WHERE seq = 5",
          "UPDATE entries SET actor = 'node:other' WHERE seq = 5",
          "UPDATE entries SET seq = 9 WHERE seq = 5", "DELETE FROM checkpoints WHERE tree_size = 7",
          "UPDATE frontier SET hash = zeroblob(32)",
          "INSERT INTO entries SELECT 7, event_type, actor, timestamp, entry_hash, body FROM "
          "entries "
          "WHERE seq = 6"}) {
      CAPTURE(damage);
      Grown grown;
      auto follower = follow(grown.node);
      grown.node.write({Node::plain_draft("y")});
      grown.node.write({Node::plain_draft("z")});
      grown.damage(damage);
      CHECK(error_of([&] { static_cast<void>(follower.next()); }).code() == ErrorCode::integrity);
      CHECK(error_of([&] {
              auto late = follow(grown.node, 0);
              static_cast<void>(drain(late));
            }).code() == ErrorCode::integrity);
    }
  }

  TEST_CASE("an entry that was shown may neither go nor change") {
    for (const auto* damage :
         {"DELETE FROM entries WHERE seq = 4",
          "UPDATE entries SET body = CAST(body || ' ' AS BLOB) WHERE seq = 4"}) {
      CAPTURE(damage);
      const Grown grown;
      auto follower = follow(grown.node, 0);
      CHECK(drain(follower) == range(0, 5));
      grown.damage(damage);
      CHECK(error_of([&] { static_cast<void>(follower.next()); }).code() == ErrorCode::integrity);
    }
  }

  TEST_CASE("a ledger behind its head is not followed") {
    Grown grown;
    test::copy_folder(grown.node.files.folder, grown.node.folder / "kept");
    grown.node.write({Node::plain_draft("y")});
    std::filesystem::copy_file(grown.node.folder / "kept" / "ledger.db",
                               grown.node.files.database(),
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(error_of([&] { static_cast<void>(follow(grown.node)); }).code() == ErrorCode::integrity);
  }
}
