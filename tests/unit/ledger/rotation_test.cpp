// The key of a log is rotated: who signs which size, who may go on, and what a pinned key proves.
#include <doctest/doctest.h>

#include <string>

#include "chain/checkpoint.hpp"
#include "crypto/identity.hpp"
#include "crypto/key_file.hpp"
#include "ledger/head.hpp"
#include "ledger/log_keys.hpp"
#include "ledger/reader.hpp"
#include "ledger/standing.hpp"
#include "ledger/verify.hpp"
#include "unit/ledger/forge.hpp"

using namespace lexecon;
using ledger::CheckStatus;
using ledger::Verdict;
using test::error_of;
using test::Forge;
using test::Node;

namespace {

Json lost(std::uint64_t size) { return {{"root_hash", std::string(64, 'a')}, {"tree_size", size}}; }

ledger::Draft rotation_to(const Node& node, const crypto::SecretKey& next,
                          const Json& given_up = nullptr) {
  return {.event_type = "key.rotated",
          .actor = "node:node-1",
          .data = {{"ledger_vkey", crypto::vkey({node.origin, next.public_key()})},
                   {"lost", given_up},
                   {"reason", "scheduled"}},
          .sealed = std::nullopt};
}

/// Rotates by the writer; returns the key before.
crypto::SecretKey rotate(Node& node) {
  auto next = crypto::SecretKey::generate(node.entropy);
  node.write({rotation_to(node, next)});
  return std::exchange(node.key, std::move(next));
}

ledger::Verification verify(const Node& node, std::vector<crypto::Pin> pins = {},
                            std::vector<std::string> notes = {}) {
  return ledger::verify(node.files, {.state_home = node.options.state_home,
                                     .pins = std::move(pins),
                                     .older_notes = std::move(notes),
                                     .skip = {}});
}

crypto::Pin pin(const crypto::SecretKey& key) { return {std::nullopt, key.public_key()}; }

std::string detail_of(const ledger::Verification& verification, const std::string& name) {
  for (const auto& check : verification.checks) {
    if (check.name == name) return check.detail;
  }
  return "no such check";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void remove_checkpoint(const Node& node, std::uint64_t size) {
  test::tamper(node)
      .prepare("DELETE FROM checkpoints WHERE tree_size = ?1")
      .bind(1, static_cast<std::int64_t>(size))
      .run();
}

std::string note_at(const Node& node, std::uint64_t size) {
  store::Database database(node.files.database(), store::OpenMode::read_only);
  return ledger::checkpoint_at(database, size).value_or("");
}

}  // namespace

TEST_SUITE("ledger/rotation") {
  TEST_CASE("each key signs its own sizes, through three rotations") {
    Node node;
    node.create();
    std::vector<crypto::SecretKey> before;
    std::vector<std::uint64_t> last_sizes;
    for (int i = 0; i < 3; ++i) {
      node.write({Node::plain_draft("a")});
      node.write({Node::sealed_draft("b"), Node::plain_draft("c")});
      before.push_back(rotate(node));
      store::Database database(node.files.database(), store::OpenMode::read_only);
      last_sizes.push_back(ledger::size(database));
    }
    node.write({Node::plain_draft("last")});
    for (std::size_t i = 0; i < before.size(); ++i) {
      const crypto::Identity signer{node.origin, before[i].public_key()};
      CHECK_NOTHROW((void)chain::open_checkpoint(note_at(node, last_sizes[i]), signer));
      CHECK_THROWS_AS((void)chain::open_checkpoint(note_at(node, last_sizes[i] + 1), signer),
                      Error);
      CHECK(verify(node, {pin(before[i])}).verdict == Verdict::valid);
    }
    CHECK(verify(node, {pin(node.key)}).verdict == Verdict::valid);
    const auto verification = verify(node);
    CHECK(verification.verdict == Verdict::valid);
    CHECK(verification.gaps.empty());
    CHECK(detail_of(verification, "rotations").empty());
  }

  TEST_CASE("the old key cannot go on, and the new one cannot before its rotation") {
    Node node;
    node.create();
    const auto stranger = crypto::SecretKey::generate(node.entropy);
    const auto open_with = [&](const crypto::SecretKey& key) {
      return error_of([&] {
        static_cast<void>(ledger::Writer(node.files, key, node.now, node.entropy, node.options));
      });
    };
    CHECK(open_with(stranger).code() == ErrorCode::not_permitted);
    const auto old = rotate(node);
    CHECK(open_with(old).code() == ErrorCode::not_permitted);
    CHECK_NOTHROW(node.write({Node::plain_draft("a")}));
    CHECK(open_with(old).code() == ErrorCode::not_permitted);
  }

  TEST_CASE("the signer is told which key is in force, under the lock") {
    Node node;
    node.create();
    const auto old = rotate(node);
    std::vector<crypto::PublicKey> asked;
    const ledger::Signer signer = [&](const crypto::PublicKey& key) -> const crypto::SecretKey& {
      CHECK(error_of([&] { FileLock(node.files.lock(), std::chrono::milliseconds(0)); }).code() ==
            ErrorCode::busy);
      asked.push_back(key);
      return node.key;
    };
    ledger::Writer writer(node.files, signer, node.now, node.entropy, node.options);
    CHECK(asked == std::vector{node.key.public_key()});
  }

  TEST_CASE("a rotation is the last entry of its transaction, to a new key of this log") {
    Node node;
    node.create();
    const auto next = crypto::SecretKey::generate(node.entropy);
    const auto refused = [&](const ledger::Draft& draft) {
      auto writer = node.open();
      return error_of([&] { writer.append(draft); }).code();
    };
    CHECK(refused(rotation_to(node, node.key)) == ErrorCode::internal);
    CHECK(refused(rotation_to(node, next, lost(5))) == ErrorCode::internal);
    auto other = rotation_to(node, next);
    other.data["ledger_vkey"] = crypto::vkey({"example.org/other", next.public_key()});
    CHECK(refused(other) == ErrorCode::internal);
    {
      auto writer = node.open();
      writer.append(rotation_to(node, next));
      CHECK(error_of([&] { writer.append(Node::plain_draft("b")); }).code() == ErrorCode::internal);
    }
    const auto first = rotate(node);
    CHECK(refused(rotation_to(node, first)) == ErrorCode::internal);
    CHECK(verify(node).verdict == Verdict::valid);
  }

  TEST_CASE("the writer refuses a log that lost the last note of a key, or names it elsewhere") {
    Node node;
    node.create();
    const auto old = rotate(node);
    node.write({Node::plain_draft("a")});
    const std::string last_note = note_at(node, 2);
    SUBCASE("deleted") { remove_checkpoint(node, 2); }
    SUBCASE("by the new key") {
      const auto mine = chain::parse_checkpoint(chain::parse_note(last_note));
      test::tamper(node)
          .prepare("UPDATE checkpoints SET note = ?1 WHERE tree_size = 2")
          .bind(1, std::string_view(chain::sign_checkpoint(mine, node.key)))
          .run();
    }
    SUBCASE("of another size") {
      test::tamper(node).execute(
          "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE tree_size = 1) "
          "WHERE tree_size = 2");
    }
    SUBCASE("the rotation's row is of another type") {
      test::tamper(node).execute("UPDATE entries SET event_type = 'test.plain' WHERE seq = 1");
    }
    CHECK(error_of([&] { static_cast<void>(node.open()); }).code() == ErrorCode::integrity);
    CHECK(verify(node).verdict == Verdict::invalid);
  }

  TEST_CASE("a database set back behind a rotation is refused by head.note of the newer key") {
    Node node;
    node.create();
    const Path yesterday = node.folder / "yesterday.db";
    std::filesystem::copy(node.files.database(), yesterday);
    const auto old = rotate(node);
    node.write({Node::plain_draft("a")});
    std::filesystem::copy(yesterday, node.files.database(),
                          std::filesystem::copy_options::overwrite_existing);
    const auto error = error_of([&] {
      static_cast<void>(ledger::Writer(node.files, old, node.now, node.entropy, node.options));
    });
    CHECK(error.code() == ErrorCode::integrity);
    CHECK(contains(error.message(), "set back"));
    CHECK(verify(node).verdict == Verdict::invalid);
  }

  TEST_CASE("a key that was named and has signed nothing proves nothing") {
    Node node;
    node.create();
    const auto old = rotate(node);
    const auto named = verify(node, {pin(node.key)});
    CHECK(named.verdict == Verdict::undecidable);
    CHECK(named.cause == "key_not_pinned");
    CHECK(contains(detail_of(named, "pins"), "signed nothing"));
    CHECK(verify(node, {pin(old)}).verdict == Verdict::valid);
    node.write({Node::plain_draft("a")});
    CHECK(verify(node, {pin(node.key)}).verdict == Verdict::valid);
  }

  TEST_CASE("behind a recovery the new key needs a pin of its own, and the gap is named") {
    Node node;
    Forge forge(node);
    forge.add_genesis();
    forge.end_transaction();
    forge.add("test.plain", Json::object());
    forge.end_transaction();
    const auto& next = forge.rotate(lost(7));
    forge.end_transaction();
    forge.add("test.plain", Json::object());
    forge.end_transaction();
    forge.build();

    const auto plain = verify(node);
    CHECK(plain.verdict == Verdict::valid);
    CHECK(contains(detail_of(plain, "rotations"), "gap"));
    REQUIRE(plain.gaps.size() == 1);
    CHECK(plain.gaps[0].seq == 2);
    CHECK(plain.gaps[0].lost.tree_size == 7);
    CHECK(ledger::to_json(plain).at("gaps").at(0).at("ledger_vkey") ==
          crypto::vkey({node.origin, next.public_key()}));

    const auto by_old = verify(node, {pin(node.key)});
    CHECK(by_old.verdict == Verdict::undecidable);
    CHECK(by_old.cause == "key_not_pinned");
    CHECK(contains(detail_of(by_old, "pins"), "gap"));
    CHECK(verify(node, {pin(next)}).verdict == Verdict::valid);
    CHECK(verify(node, {pin(node.key), pin(next)}).verdict == Verdict::valid);

    // Notes: what was accepted holds, what was given up does not.
    CHECK(verify(node, {}, {forge.note(2)}).verdict == Verdict::valid);
    const auto given_up = verify(node, {}, {forge.note_by(node.key, 4)});
    CHECK(given_up.verdict == Verdict::invalid);
    CHECK(contains(detail_of(given_up, "older_notes"), "given up in the recovery of entry_2"));
    CHECK(given_up.conflicts.size() == 1);
  }

  TEST_CASE("a forger who rotates to a pinned key, and away again by recovery, is not believed") {
    // The forger's own log, which names the pinned key and cannot sign with it.
    Node node;
    Entropy entropy = test::seeded_entropy(77);
    Entropy again = test::seeded_entropy(77);
    const auto pinned = crypto::SecretKey::generate(entropy);
    Forge forge(node);
    forge.add_genesis();
    forge.end_transaction();
    forge.rotate_to(crypto::SecretKey::generate(again), nullptr);
    forge.end_transaction();
    forge.rotate(lost(2));
    forge.end_transaction();
    forge.add("test.plain", Json::object());
    forge.end_transaction();
    forge.build();
    const auto verification = verify(node, {pin(pinned)});
    CHECK(verification.verdict == Verdict::undecidable);
    CHECK(verification.cause == "key_not_pinned");
  }

  TEST_CASE("the public key beside the database is one that vouches for the key in force") {
    Node node;
    node.create();
    make_folder(node.files.keys(), Access::private_to_owner);
    const auto old = rotate(node);
    // As a rotation leaves it that was cut short behind its commit.
    replace_file(node.files.ledger_pub(), crypto::public_pem(old.public_key()), Access::as_umask);
    CHECK(verify(node).verdict == Verdict::valid);
    replace_file(node.files.ledger_pub(), crypto::public_pem(node.key.public_key()),
                 Access::as_umask);
    CHECK(verify(node).verdict == Verdict::valid);
  }
}
