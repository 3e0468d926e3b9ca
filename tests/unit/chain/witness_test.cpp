#include "chain/witness.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "chain/proof.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using chain::Consistency;

namespace {

std::vector<Hash> leaves(std::size_t count, const std::string& prefix) {
  std::vector<Hash> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(chain::leaf_hash(prefix + std::to_string(i)));
  }
  return out;
}

/// A log that signs whatever history it is told.
struct Log {
  Entropy entropy = test::seeded_entropy(51);
  crypto::SecretKey key = crypto::SecretKey::generate(entropy);

  [[nodiscard]] chain::Checkpoint head(std::span<const Hash> tree) const {
    return {"example.org/log", tree.size(), chain::root_of(tree)};
  }
  [[nodiscard]] std::string note(std::span<const Hash> tree) const {
    return chain::sign_checkpoint(head(tree), key);
  }
  [[nodiscard]] std::string proof(std::span<const Hash> tree, std::uint64_t old_size) const {
    return chain::to_text(
        chain::ConsistencyProof{old_size, chain::consistency_proof(tree, old_size), note(tree)});
  }
};

}  // namespace

TEST_SUITE("chain/witness") {
  TEST_CASE("the public log: a witness goes from every size to every larger one, and to no other") {
    const auto path = test::public_vectors("tessera-log");
    if (!path) return;
    std::string vkey = test::slurp(*path / "VKEY.txt");
    while (vkey.ends_with('\n')) vkey.pop_back();
    const crypto::Identity log = crypto::parse_vkey(vkey);
    const Path folder = *path / "testdata" / "log";
    std::vector<std::string> notes;
    std::vector<chain::Checkpoint> heads;
    for (int size = 0; size <= 15; ++size) {
      notes.push_back(test::slurp(folder / ("checkpoint." + std::to_string(size))));
      heads.push_back(chain::open_checkpoint(notes.back(), log));
    }
    std::vector<Hash> entries;
    const std::string bundle = test::slurp(folder / "tile/entries/000.p/15");
    for (std::size_t at = 0; at + 2 <= bundle.size();) {
      const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bundle[i]); };
      const std::size_t size = static_cast<std::size_t>(byte(at)) << 8U | byte(at + 1);
      entries.push_back(chain::leaf_hash(bundle.substr(at + 2, size)));
      at += 2 + size;
    }
    REQUIRE(entries.size() == 15);
    int pairs = 0;
    for (std::size_t from = 0; from <= 15; ++from) {
      CHECK(chain::compare(chain::parse_offer(notes[from]), std::nullopt) ==
            Consistency::consistent);
      for (std::size_t to = 0; to <= 15; ++to) {
        CAPTURE(from);
        CAPTURE(to);
        const auto alone = chain::compare(chain::parse_offer(notes[to]), heads[from]);
        if (to <= from || from == 0) {
          CHECK(alone == (to < from ? Consistency::rollback : Consistency::consistent));
          continue;
        }
        CHECK(alone == Consistency::no_proof);
        const auto hashes =
            chain::consistency_proof(std::span<const Hash>(entries).first(to), from);
        const auto offer = chain::to_text(chain::ConsistencyProof{from, hashes, notes[to]});
        CHECK(chain::compare(chain::parse_offer(offer), heads[from]) == Consistency::consistent);
        ++pairs;
        for (std::size_t other = 0; other < to; ++other) {
          if (other == from) continue;
          CHECK(chain::compare(chain::parse_offer(offer), heads[other]) == Consistency::other_size);
        }
      }
    }
    CHECK(pairs == 105);
    std::cout << "tessera-log: a witness went through " << pairs << " pairs of sizes\n";
  }

  TEST_CASE("a fork is refused at its size, and above it whatever proof is brought") {
    const Log log;
    const auto ours = leaves(12, "ours");
    auto theirs = ours;
    theirs[6] = chain::leaf_hash("theirs");
    const auto last = log.head(std::span(ours).first(9));
    const auto judged = [&](const std::string& offer) {
      return chain::compare(chain::parse_offer(offer), last);
    };
    CHECK(judged(log.proof(ours, 9)) == Consistency::consistent);
    CHECK(judged(log.note(std::span(ours).first(9))) == Consistency::consistent);
    CHECK(judged(log.note(std::span(theirs).first(9))) == Consistency::fork);
    CHECK(judged(log.proof(theirs, 9)) == Consistency::inconsistent);
    // The proof of the true history with the note of the other.
    const auto proof = chain::consistency_proof(ours, 9);
    CHECK(judged(chain::to_text(chain::ConsistencyProof{9, proof, log.note(theirs)})) ==
          Consistency::inconsistent);
    CHECK(judged(log.note(std::span(ours).first(8))) == Consistency::rollback);
    CHECK(judged(log.proof(ours, 8)) == Consistency::other_size);
    CHECK(judged(log.note(ours)) == Consistency::no_proof);
    CHECK(judged("old 0\n\n" + log.note(ours)) == Consistency::no_proof);
  }

  TEST_CASE("no hash of a proof can be changed, left out or added") {
    const Log log;
    const auto tree = leaves(13, "x");
    const auto last = log.head(std::span(tree).first(6));
    const auto proof = chain::consistency_proof(tree, 6);
    const auto judged = [&](std::vector<Hash> hashes) {
      return chain::compare(chain::parse_offer(chain::to_text(
                                chain::ConsistencyProof{6, std::move(hashes), log.note(tree)})),
                            last);
    };
    REQUIRE(judged(proof) == Consistency::consistent);
    for (std::size_t at = 0; at < proof.size(); ++at) {
      auto changed = proof;
      changed[at].bytes[at % 32] ^= 1U;
      CHECK(judged(changed) == Consistency::inconsistent);
      auto shorter = proof;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
      CHECK(judged(shorter) == Consistency::inconsistent);
    }
    auto longer = proof;
    longer.push_back(proof.back());
    CHECK(judged(longer) == Consistency::inconsistent);
  }

  TEST_CASE("a log that is new begins without a proof, and an empty tree has one root") {
    const Log log;
    const auto tree = leaves(3, "x");
    CHECK(chain::compare(chain::parse_offer(log.note(tree)), std::nullopt) ==
          Consistency::consistent);
    CHECK(chain::compare(chain::parse_offer(log.proof(tree, 2)), std::nullopt) ==
          Consistency::other_size);
    const auto empty = chain::sign_checkpoint({"example.org/log", 0, chain::empty_root()}, log.key);
    CHECK(chain::compare(chain::parse_offer(empty), std::nullopt) == Consistency::consistent);
    const auto not_empty = chain::sign_checkpoint({"example.org/log", 0, tree[0]}, log.key);
    CHECK(chain::compare(chain::parse_offer(not_empty), std::nullopt) == Consistency::inconsistent);
  }

  TEST_CASE("what is no offer is refused, and each answer has a name") {
    const Log log;
    const auto note = log.note(leaves(3, "x"));
    for (const std::string& bad :
         {std::string(), std::string("old 1"), "old -1\n\n" + note, "old 4\n\n" + note,
          "old 01\n\n" + note, "old 0\nAAAA\n\n" + note, note + note, "\n" + note}) {
      CAPTURE(bad);
      CHECK_THROWS_AS(static_cast<void>(chain::parse_offer(bad)), Error);
    }
    using enum Consistency;
    for (const auto each : {consistent, rollback, fork, inconsistent, no_proof, other_size}) {
      CHECK(chain::to_string(each) != "");
    }
    CHECK(chain::is_refusal(rollback));
    CHECK(chain::is_refusal(fork));
    CHECK(chain::is_refusal(inconsistent));
    CHECK_FALSE(chain::is_refusal(consistent));
    CHECK_FALSE(chain::is_refusal(no_proof));
    CHECK_FALSE(chain::is_refusal(other_size));
  }
}
