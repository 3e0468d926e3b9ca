#include "chain/proof.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;

namespace {

Json notes() { return test::load_json(test::data_file("note/notes.json")); }

bool is_proof(const std::string& candidate) {
  try {
    static_cast<void>(chain::parse_inclusion_proof(candidate));
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string replaced(std::string in, const std::string& from, const std::string& to) {
  return in.replace(in.find(from), from.size(), to);
}

}  // namespace

TEST_SUITE("chain/proof") {
  TEST_CASE("our own vectors: a proof is read, written again, and proves its entry") {
    const Json file = notes();
    const std::string good = text(file.at("proof").at("text"));
    const auto proof = chain::parse_inclusion_proof(good);
    CHECK(proof.index == 7);
    CHECK(chain::to_text(proof) == good);
    const auto log = crypto::parse_vkey(text(file.at("vkey")));
    const auto checkpoint = chain::open_checkpoint(proof.checkpoint, log);
    const auto leaf = [](int i) { return chain::leaf_hash("entry " + std::to_string(i)); };
    const auto holds = [&](const Hash& hash) {
      return chain::verify_inclusion(hash, proof.index, checkpoint.tree_size, proof.hashes,
                                     checkpoint.root);
    };
    CHECK(holds(leaf(7)));
    CHECK_FALSE(holds(leaf(6)));
    // Extra data is nobody's word: it is read over.
    const auto with_extra =
        chain::parse_inclusion_proof(text(file.at("proof_with_extra").at("text")));
    CHECK(chain::to_text(with_extra) == good);
  }

  TEST_CASE("a proof in a tree of one leaf has no hashes") {
    auto entropy = test::seeded_entropy(31);
    const auto key = crypto::SecretKey::generate(entropy);
    const Hash leaf = chain::leaf_hash("only");
    const chain::InclusionProof proof{
        0, {}, chain::sign_checkpoint({"example.com/log", 1, leaf}, key)};
    const auto again = chain::parse_inclusion_proof(chain::to_text(proof));
    CHECK(again.hashes.empty());
    CHECK(again.checkpoint == proof.checkpoint);
    CHECK(chain::verify_inclusion(leaf, 0, 1, again.hashes, leaf));
  }

  TEST_CASE("every other spelling is refused") {
    const std::string good = text(notes().at("proof").at("text"));
    const std::size_t gap = good.find("\n\n");
    const std::string head = good.substr(0, gap + 1);
    const std::string note = good.substr(gap + 1);
    const std::string hash = to_base64(std::string(32, 'h')) + "\n";
    std::string many = "c2sp.org/tlog-proof@v1\nindex 7\n";
    for (int i = 0; i < 65; ++i) many += hash;
    for (const std::string& bad : {std::string(),
                                   head,
                                   note,
                                   "\n" + good,
                                   head + hash.substr(1) + note,
                                   head + to_base64(std::string(31, 'h')) + "\n" + note,
                                   head + "hash\n" + note,
                                   many + note,
                                   head + "\n",
                                   head + "\nno checkpoint\n",
                                   replaced(good, "@v1", "@v2"),
                                   replaced(good, "index 7", "index 07"),
                                   replaced(good, "index 7", "index +7"),
                                   replaced(good, "index 7", "index -7"),
                                   replaced(good, "index 7", "index 13"),
                                   replaced(good, "index 7", "Index 7"),
                                   replaced(good, "index 7", "index  7"),
                                   replaced(good, "index 7\n", ""),
                                   replaced(good, "index 7", "extra A\nindex 7"),
                                   replaced(good, "index 7", "extra AAEC\nextra AAEC\nindex 7"),
                                   replaced(good, "index 7", "index 7\nextra AAEC"),
                                   replaced(good, "index 7\n", "index 7\r\n")}) {
      CAPTURE(bad);
      CHECK_FALSE(is_proof(bad));
    }
    CHECK(is_proof(good));
  }

  TEST_CASE("a consistency proof is read as it was written, and every other spelling is refused") {
    auto entropy = test::seeded_entropy(32);
    const auto key = crypto::SecretKey::generate(entropy);
    const auto note = chain::sign_checkpoint({"example.com/log", 7, chain::leaf_hash("root")}, key);
    const chain::ConsistencyProof proof{3, {chain::leaf_hash("a"), chain::leaf_hash("b")}, note};
    const std::string good = chain::to_text(proof);
    const auto again = chain::parse_consistency_proof(good);
    CHECK(again.old_size == 3);
    CHECK(again.hashes == proof.hashes);
    CHECK(again.checkpoint == note);
    CHECK(chain::parse_consistency_proof(chain::to_text(chain::ConsistencyProof{7, {}, note}))
              .hashes.empty());
    const std::string hash = to_base64(std::string(32, 'h')) + "\n";
    std::string many = "old 3\n";
    for (int i = 0; i < 65; ++i) many += hash;
    for (const std::string& bad :
         {std::string(), note, "old 3\n" + note, many + "\n" + note,
          replaced(good, "old 3", "old 0"), replaced(good, "old 3", "old 8"),
          replaced(good, "old 3", "old 03"), replaced(good, "old 3", "old -3"),
          replaced(good, "old 3", "old  3"), replaced(good, "old 3", "index 3"),
          replaced(good, "old 3\n", "old 3\r\n"), replaced(good, "old 3\n", "old 3\nextra AAEC\n"),
          good + "\n"}) {
      CAPTURE(bad);
      CHECK_THROWS_AS(static_cast<void>(chain::parse_consistency_proof(bad)), Error);
    }
  }
}
