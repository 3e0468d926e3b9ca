// A ledger of twelve entries, altered everywhere: all of it is found, and the entry is named.
#include <doctest/doctest.h>

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "decision/active_set.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::Verdict;
using test::Node;

namespace {

constexpr std::uint64_t entries = 12;
constexpr const char* policy = "id: node-1\n";

ledger::Draft activation() {
  const Hash hash = crypto::sha256(policy);
  const std::vector<decision::FileDigest> files{{"node.yaml", hash}, {"risk.yaml", hash}};
  return {.event_type = "policy.activated",
          .actor = "node:node-1",
          .data = {{"files",
                    {{{"name", "node.yaml"}, {"sha256", hash.hex()}},
                     {{"name", "risk.yaml"}, {"sha256", hash.hex()}}}},
                   {"four_eyes", "double"},
                   {"mode", "strict"},
                   {"policy_hash", decision::set_hash(files).hex()},
                   {"previous_hash", nullptr}},
          .sealed = std::nullopt};
}

struct Original {
  Original() {
    node.create();
    {
      auto writer = node.open();
      writer.append(activation());
      writer.database()
          .prepare("INSERT INTO policy_files VALUES(?1, ?2)")
          .bind_blob(1, crypto::sha256(policy).view())
          .bind_blob(2, policy)
          .run();
      writer.commit();
    }
    node.write({Node::sealed_draft("a"), Node::plain_draft("b")});
    node.write({Node::plain_draft("c")});
    node.write({Node::sealed_draft("d")});
    node.write({Node::plain_draft("e"), Node::sealed_draft("f"), Node::plain_draft("g")});
    node.write({Node::plain_draft("h"), Node::sealed_draft("i")});
    node.write({Node::plain_draft("j")});
    bytes = test::slurp(node.files.database());
  }

  void restore() const {
    std::ofstream file(node.files.database(), std::ios::binary | std::ios::trunc);
    file << bytes;
  }

  [[nodiscard]] ledger::Verification verify() const {
    return ledger::verify(node.files,
                          {.state_home = {}, .pins = {}, .older_notes = {}, .skip = {}});
  }

  Node node;
  std::string bytes;
};

// Everything that a reader would ever show of a ledger.
std::string content(const Node& node) {
  store::Database database(node.files.database(), store::OpenMode::read_only);
  std::string all;
  for (const char* table : {"entries", "sealed", "checkpoints", "policy_files", "frontier"}) {
    auto statement = database.prepare(std::string("SELECT * FROM ") + table);
    while (statement.step()) {
      for (int column = 0; column < (std::string(table) == "entries" ? 6 : 2); ++column) {
        try {
          all += to_hex(statement.view(column)) + " ";
        } catch (const Error&) {
          all += std::to_string(statement.integer(column)) + " ";
        }
      }
    }
  }
  return all;
}

}  // namespace

TEST_SUITE("ledger/corruption") {
  TEST_CASE("rows of checkpoints, policy files and the frontier that are not there, or too many") {
    const Original original;
    for (const char* change :
         {"UPDATE policy_files SET body = x'00'", "UPDATE policy_files SET sha256 = zeroblob(32)",
          "DELETE FROM policy_files", "DELETE FROM frontier WHERE level = 0",
          "INSERT INTO frontier VALUES(5, zeroblob(32))",
          "DELETE FROM checkpoints WHERE tree_size = 12", "DELETE FROM checkpoints",
          "INSERT INTO checkpoints SELECT 7, note FROM checkpoints WHERE tree_size = 6"}) {
      CAPTURE(change);
      test::tamper(original.node).execute(change);
      CHECK(original.verify().verdict == Verdict::invalid);
      original.restore();
    }
    CHECK(original.verify().verdict == Verdict::valid);
  }

  // Nothing is hidden by it, for a later one signs all that it signed; but it was there.
  TEST_CASE("an earlier checkpoint that is gone is missed") {
    const Original original;
    test::tamper(original.node).execute("DELETE FROM checkpoints WHERE tree_size = 6");
    CHECK(original.verify().verdict == Verdict::invalid);
  }

  TEST_CASE("entries dropped, swapped, doubled and cut off") {
    const Original original;
    const auto expect = [&](const std::string& change, std::uint64_t first_bad) {
      CAPTURE(change);
      test::tamper(original.node).execute(change);
      const auto verification = original.verify();
      CHECK(verification.verdict == Verdict::invalid);
      CHECK(verification.first_bad_seq.value_or(9'999) == first_bad);
      CHECK(verification.entries_verified <= first_bad);
      original.restore();
    };
    for (std::uint64_t seq = 0; seq < entries; ++seq) {
      const std::string k = std::to_string(seq);
      expect("DELETE FROM entries WHERE seq = " + k, seq);
      expect("DELETE FROM entries WHERE seq >= " + k, seq);
      expect(
          "INSERT INTO entries SELECT 100, event_type, actor, timestamp, entry_hash, body FROM "
          "entries WHERE seq = " +
              k,
          entries);
      if (seq + 1 == entries) continue;
      expect(
          "UPDATE entries SET (event_type, actor, timestamp, entry_hash, body) = (SELECT "
          "event_type, actor, timestamp, entry_hash, body FROM entries AS other WHERE other.seq = "
          "2 * " +
              k + " + 1 - entries.seq) WHERE seq IN (" + k + ", " + k + " + 1)",
          seq);
    }
  }

  TEST_CASE("an entry altered with all its columns is found by its neighbours and its checkpoint") {
    const Original original;
    for (std::uint64_t seq = 0; seq < entries; ++seq) {
      for (const std::string member : {"\"salt\":\"", "\"previous_hash\":\""}) {
        if (seq == 0 && member != "\"salt\":\"") continue;  // the genesis must have zeros
        CAPTURE(seq);
        CAPTURE(member);
        {
          auto database = test::tamper(original.node);
          auto found = ledger::read_entry(database, seq);
          REQUIRE(found);
          const auto at = found->bytes.find(member) + member.size();
          found->bytes[at] = found->bytes[at] == '0' ? '1' : '0';
          database.prepare("UPDATE entries SET body = ?1, entry_hash = ?2 WHERE seq = ?3")
              .bind_blob(1, found->bytes)
              .bind_blob(2, crypto::sha256(found->bytes).view())
              .bind(3, static_cast<std::int64_t>(seq))
              .run();
        }
        const auto verification = original.verify();
        CHECK(verification.verdict == Verdict::invalid);
        CHECK(verification.first_bad_seq == seq);
        original.restore();
      }
    }
  }

  TEST_CASE("every byte of the bodies, one bit at a time") {
    const Original original;
    std::size_t flips = 0;
    for (std::uint64_t seq = 0; seq < entries; ++seq) {
      std::string body;
      {
        auto database = test::tamper(original.node);
        body = ledger::read_entry(database, seq)->bytes;
      }
      for (std::size_t at = seq % 17; at < body.size(); at += 17) {
        std::string flipped = body;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        // With the column that repeats its hash made right: the signed root has to find it.
        test::tamper(original.node)
            .prepare("UPDATE entries SET body = ?1, entry_hash = ?2 WHERE seq = ?3")
            .bind_blob(1, flipped)
            .bind_blob(2, crypto::sha256(flipped).view())
            .bind(3, static_cast<std::int64_t>(seq))
            .run();
        CAPTURE(seq);
        CAPTURE(at);
        CHECK(original.verify().verdict == Verdict::invalid);
        ++flips;
      }
      original.restore();
    }
    std::cout << "bits flipped in bodies: " << flips << "\n";
  }

  TEST_CASE("every byte of a checkpoint note and of head.note") {
    const Original original;
    const std::string note = test::slurp(original.node.files.head_note());
    for (std::size_t at = 0; at < note.size(); ++at) {
      CAPTURE(at);
      std::string flipped = note;
      flipped[at] = static_cast<char>(flipped[at] ^ 1);
      test::tamper(original.node)
          .prepare("UPDATE checkpoints SET note = CAST(?1 AS TEXT) WHERE tree_size = 12")
          .bind_blob(1, flipped)
          .run();
      CHECK(original.verify().verdict == Verdict::invalid);
      original.restore();
      std::ofstream(original.node.files.head_note(), std::ios::binary) << flipped;
      CHECK(original.verify().verdict == Verdict::invalid);
      std::ofstream(original.node.files.head_note(), std::ios::binary) << note;
    }
  }

  TEST_CASE("no flipped byte of the file verifies with other content") {
    const Original original;
    const std::string before = content(original.node);
    std::size_t invalid = 0;
    std::size_t refused = 0;
    std::size_t unused = 0;
    for (std::size_t at = 0; at < original.bytes.size(); at += 211) {
      CAPTURE(at);
      {
        std::fstream file(original.node.files.database(),
                          std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(static_cast<char>(original.bytes[at] ^ (1 << (at % 8))));
      }
      try {
        const auto verification = original.verify();
        if (verification.verdict == Verdict::valid) {
          CHECK(content(original.node) == before);
          ++unused;
        } else {
          ++invalid;
        }
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::configuration);  // the header: WAL, or a newer schema
        ++refused;
      }
      original.restore();
    }
    std::cout << "bytes flipped in the file: " << invalid << " invalid, " << refused << " refused, "
              << unused << " without effect\n";
    CHECK(invalid > 0);
  }
}
