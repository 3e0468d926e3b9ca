// The last k entries dropped, for every k, by somebody who mends all that is not signed.
#include <doctest/doctest.h>

#include <iostream>
#include <set>

#include "chain/checkpoint.hpp"
#include "chain/merkle.hpp"
#include "ledger/frontier.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::Verdict;
using test::Node;

namespace {

struct Log {
  Log() {
    ends.insert(1);
    notes.push_back(node.create());
    std::uint64_t size = 1;
    for (const std::uint64_t batch : {2U, 1U, 4U, 3U, 1U, 5U, 2U}) {
      std::vector<ledger::Draft> drafts;
      for (std::uint64_t i = 0; i < batch; ++i) {
        drafts.push_back(i % 2 == 0 ? Node::sealed_draft("s") : Node::plain_draft("p"));
      }
      notes.push_back(node.write(drafts));
      ends.insert(size += batch);
    }
    bytes = test::slurp(node.files.database());
  }

  // The database as it would be had the entries from `size` on never been.
  void cut(std::uint64_t size) {
    replace_file(node.files.database(), bytes, Access::private_to_owner);
    auto database = test::tamper(node);
    const std::string from = std::to_string(size);
    database.execute("DELETE FROM sealed WHERE seq >= " + from);
    database.execute("DELETE FROM entries WHERE seq >= " + from);
    database.execute("DELETE FROM checkpoints WHERE tree_size > " + from);
    chain::CompactRange range;
    auto bodies = database.prepare("SELECT body FROM entries WHERE seq + 1 < ?1 ORDER BY seq");
    bodies.bind(1, static_cast<std::int64_t>(size));
    while (bodies.step()) range.append(chain::leaf_hash(bodies.view(0)));
    ledger::write_frontier(database, range);
  }

  void put_head(const std::string& note) const {
    replace_file(node.files.head_note(), note, Access::as_umask);
  }

  [[nodiscard]] ledger::Verification verify(const std::vector<std::string>& pinned) const {
    ledger::VerifyOptions options;
    options.older_notes = pinned;
    return ledger::verify(node.files, options);
  }

  // With its own state a writer sees what the directory says, no more.
  [[nodiscard]] std::optional<ErrorCode> refusal() {
    node.options.state_home.clear();
    try {
      static_cast<void>(node.open());
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }

  Node node;
  std::set<std::uint64_t> ends;  // of transactions
  std::vector<std::string> notes;
  std::string bytes;
};

}  // namespace

TEST_SUITE("ledger/rollback") {
  TEST_CASE("the last k entries dropped, for every k") {
    Log log;
    const std::string last = log.notes.back();
    const std::uint64_t whole = *log.ends.rbegin();
    std::size_t found = 0;
    for (std::uint64_t size = 1; size < whole; ++size) {
      CAPTURE(size);
      log.cut(size);
      log.put_head(last);
      const auto under_head = log.verify({});
      CHECK(under_head.verdict == Verdict::invalid);
      CHECK(log.refusal() == ErrorCode::integrity);

      const auto end = std::prev(log.ends.upper_bound(size));
      log.put_head(log.notes.at(static_cast<std::size_t>(std::distance(log.ends.begin(), end))));
      const auto alone = log.verify({});
      const auto pinned = log.verify({last});
      CHECK(pinned.verdict == Verdict::invalid);
      if (*end == size) {
        // A cut at a checkpoint, and of every head: nothing inside tells of it, and that is said.
        CHECK(under_head.first_bad_seq == size);
        CHECK(pinned.first_bad_seq == size);
        CHECK_FALSE(pinned.conflicts.empty());
        CHECK(alone.verdict == Verdict::valid);
        CHECK_FALSE(alone.complete);
        CHECK_FALSE(log.refusal());
      } else {
        // A cut inside a batch: what is left of it is under no signature.
        CHECK(alone.verdict == Verdict::invalid);
        CHECK(alone.first_bad_seq == *end);
        CHECK(log.refusal() == ErrorCode::integrity);
        ++found;
      }
    }
    std::cout << "cuts: " << whole - 1 << ", " << found << " of them inside a batch\n";
    CHECK(found > 5);
  }
}
