#include "ledger/prove.hpp"

#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "ledger/proof_check.hpp"
#include "ledger/reader.hpp"
#include "unit/ledger/node.hpp"

using namespace lexecon;

namespace {

/// A log whose transactions have one to three entries; the sizes that were signed.
struct Grown {
  Grown() {
    node.create();
    for (int i = 0; i < 12; ++i) {
      std::vector<ledger::Draft> drafts;
      for (int n = 0; n <= i % 3; ++n) drafts.push_back(test::Node::plain_draft("x"));
      node.write(drafts);
    }
    store::Database database(node.files.database(), store::OpenMode::read_only);
    auto rows = database.prepare("SELECT tree_size FROM checkpoints ORDER BY tree_size");
    while (rows.step()) sizes.push_back(static_cast<std::uint64_t>(rows.integer(0)));
    ledger::each_entry(database, {},
                       [&](const ledger::StoredEntry& each) { bodies.push_back(each.bytes); });
  }

  [[nodiscard]] store::Database open() const {
    return {node.files.database(), store::OpenMode::read_only};
  }
  [[nodiscard]] ledger::LogKeys log() const { return {{node.origin, node.key.public_key()}, {}}; }
  [[nodiscard]] crypto::Pin pin() const { return {std::nullopt, node.key.public_key()}; }

  test::Node node;
  std::vector<std::uint64_t> sizes;
  std::vector<std::string> bodies;
};

}  // namespace

TEST_SUITE("ledger/prove") {
  TEST_CASE("every entry is proven in every signed tree, and the proof holds for no other entry") {
    const Grown grown;
    auto database = grown.open();
    REQUIRE(grown.sizes.size() == 13);
    for (const auto size : grown.sizes) {
      for (std::uint64_t seq = 0; seq < size; ++seq) {
        CAPTURE(size);
        CAPTURE(seq);
        const auto proof = ledger::prove_inclusion(database, grown.log(), seq, size);
        const auto text = chain::to_text(proof);
        const auto check = [&](const std::string& entry) {
          return ledger::check_proof(
                     text, {.key = grown.pin(), .entry = entry, .predecessor = std::nullopt})
              .verdict;
        };
        REQUIRE(check(grown.bodies[seq]) == ledger::Verdict::valid);
        REQUIRE(check(grown.bodies[(seq + 1) % grown.bodies.size()]) == ledger::Verdict::invalid);
      }
      CHECK(test::error_of([&] {
              static_cast<void>(ledger::prove_inclusion(database, grown.log(), size, size));
            }).code() == ErrorCode::bad_input);
    }
  }

  TEST_CASE("every signed tree is proven to extend every earlier one, and no other root") {
    const Grown grown;
    auto database = grown.open();
    for (const auto size : grown.sizes) {
      for (const auto old_size : grown.sizes) {
        CAPTURE(size);
        CAPTURE(old_size);
        if (old_size > size) {
          CHECK(test::error_of([&] {
                  static_cast<void>(
                      ledger::prove_consistency(database, grown.log(), old_size, size));
                }).code() == ErrorCode::bad_input);
          continue;
        }
        const auto proof = ledger::prove_consistency(database, grown.log(), old_size, size);
        const auto check = [&](const std::string& older) {
          return ledger::check_proof(
                     chain::to_text(proof),
                     {.key = grown.pin(), .entry = std::nullopt, .predecessor = older})
              .verdict;
        };
        REQUIRE(check(*ledger::checkpoint_at(database, old_size)) == ledger::Verdict::valid);
        const auto forked = chain::sign_checkpoint(
            {grown.node.origin, old_size, chain::leaf_hash("another")}, grown.node.key);
        REQUIRE(check(forked) == ledger::Verdict::invalid);
      }
    }
  }

  TEST_CASE("no byte of a proof can be changed, unless it is still the same proof") {
    const Grown grown;
    auto database = grown.open();
    for (const auto seq : {std::uint64_t{0}, std::uint64_t{11}}) {
      const auto good =
          chain::to_text(ledger::prove_inclusion(database, grown.log(), seq, std::nullopt));
      for (std::size_t at = 0; at < good.size(); ++at) {
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        CAPTURE(at);
        try {
          const auto found = ledger::check_proof(
              bad, {.key = grown.pin(), .entry = grown.bodies[seq], .predecessor = std::nullopt});
          REQUIRE(found.verdict == ledger::Verdict::invalid);
        } catch (const Error& error) {
          REQUIRE(error.code() == ErrorCode::bad_input);
        }
      }
    }
  }

  TEST_CASE("a checkpoint of another log or key is invalid, whatever the proof says") {
    const Grown grown;
    auto database = grown.open();
    const auto text =
        chain::to_text(ledger::prove_inclusion(database, grown.log(), 4, std::nullopt));
    auto entropy = test::seeded_entropy(99);
    const auto other = crypto::SecretKey::generate(entropy).public_key();
    const auto verdict = [&](const crypto::Pin& pin) {
      return ledger::check_proof(
                 text, {.key = pin, .entry = grown.bodies[4], .predecessor = std::nullopt})
          .verdict;
    };
    CHECK(verdict(grown.pin()) == ledger::Verdict::valid);
    CHECK(verdict({grown.node.origin, grown.node.key.public_key()}) == ledger::Verdict::valid);
    CHECK(verdict({std::nullopt, other}) == ledger::Verdict::invalid);
    CHECK(verdict({"example.org/other", grown.node.key.public_key()}) == ledger::Verdict::invalid);
  }

  TEST_CASE("hashes come from the entries: an altered one gives no proof over it") {
    const Grown grown;
    store::Database database(grown.node.files.database(), store::OpenMode::read_write);
    database.execute("UPDATE entries SET body = CAST(body || ' ' AS BLOB) WHERE seq = 5");
    for (const auto seq : {std::uint64_t{2}, std::uint64_t{5}, std::uint64_t{9}}) {
      CHECK(test::error_of([&] {
              static_cast<void>(ledger::prove_inclusion(database, grown.log(), seq, std::nullopt));
            }).code() == ErrorCode::integrity);
    }
    static_cast<void>(ledger::prove_inclusion(database, grown.log(), 1, grown.sizes.at(2)));
    CHECK(test::error_of([&] {
            static_cast<void>(
                ledger::prove_inclusion(database, grown.log(), 1, std::uint64_t{1'000}));
          }).code() == ErrorCode::not_found);
  }
}
