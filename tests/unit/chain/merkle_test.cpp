#include "chain/merkle.hpp"

#include <doctest/doctest.h>

#include <iostream>

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "support/vectors.hpp"

using namespace lexecon;
using test::text;

namespace {

using Hashes = std::vector<Hash>;

/// Different leaves, each a hash of its index.
Hashes some_leaves(std::size_t count) {
  Hashes out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(chain::leaf_hash(std::to_string(i)));
  return out;
}

std::span<const Hash> first(const Hashes& leaves, std::size_t count) {
  return std::span(leaves).first(count);
}

Hash flipped(Hash hash, std::size_t bit) {
  hash.bytes.at(bit / 8) = static_cast<std::uint8_t>(hash.bytes.at(bit / 8) ^ (1U << (bit % 8)));
  return hash;
}

Hashes proof_of(const Json& hexes) {
  Hashes out;
  for (const Json& item : hexes) out.push_back(test::hash(item));
  return out;
}

/// A hash that the public cases write in base64; the parser, not the tree, refuses another length.
std::optional<Hash> published_hash(const Json& value) {
  const auto bytes = value.is_string() ? from_base64(text(value)) : std::nullopt;
  return bytes ? hash_from_bytes(*bytes) : std::nullopt;
}

std::optional<Hashes> published_proof(const Json& value) {
  Hashes out;
  if (value.is_null()) return out;
  for (const Json& item : value) {
    const auto hash = published_hash(item);
    if (!hash) return std::nullopt;
    out.push_back(*hash);
  }
  return out;
}

std::uint64_t size_of(const Json& value) { return value.get<std::uint64_t>(); }

bool inclusion_holds(const Json& item) {
  const auto leaf = published_hash(item.at("leafHash"));
  const auto root = published_hash(item.at("root"));
  const auto proof = published_proof(item.at("proof"));
  return leaf && root && proof &&
         chain::verify_inclusion(*leaf, size_of(item.at("leafIdx")), size_of(item.at("treeSize")),
                                 *proof, *root);
}

/// The one case of another root length has equal sizes, where only equality counts.
Hash padded_root(const Json& value) {
  Hash out;
  const std::string bytes = value.is_string() ? from_base64(text(value)).value_or("") : "";
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.bytes.size()), out.bytes.begin());
  return out;
}

bool consistency_holds(const Json& item) {
  const auto proof = published_proof(item.at("proof"));
  const bool equal_sizes = item.at("size1") == item.at("size2");
  const auto old_root =
      equal_sizes ? padded_root(item.at("root1")) : published_hash(item.at("root1"));
  const auto new_root =
      equal_sizes ? padded_root(item.at("root2")) : published_hash(item.at("root2"));
  return proof && old_root && new_root &&
         chain::verify_consistency(size_of(item.at("size1")), *old_root, size_of(item.at("size2")),
                                   *new_root, *proof);
}

struct Counts {
  int holds = 0;
  int fails = 0;
};

Counts run_cases(const Path& folder, bool (*holds)(const Json&)) {
  Counts out;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    CAPTURE(file.path().string());
    // Some of their sizes are beyond what our own parser takes for an integer.
    const Json item = Json::parse(test::slurp(file.path()));
    const bool expected = !item.at("wantErr").get<bool>();
    CHECK(holds(item) == expected);
    ++(expected ? out.holds : out.fails);
  }
  return out;
}

/// The entries of a tile: each after its length in two bytes, big-endian.
Hashes leaves_of_bundle(std::string_view bytes) {
  Hashes out;
  while (!bytes.empty()) {
    REQUIRE(bytes.size() >= 2);
    const auto high = static_cast<unsigned char>(bytes[0]);
    const auto low = static_cast<unsigned char>(bytes[1]);
    const std::size_t length = std::size_t{high} * 256 + low;
    REQUIRE(bytes.size() >= 2 + length);
    out.push_back(chain::leaf_hash(bytes.substr(2, length)));
    bytes.remove_prefix(2 + length);
  }
  return out;
}

}  // namespace

TEST_SUITE("chain/merkle") {
  TEST_CASE("every published inclusion and consistency case holds or fails as published") {
    const auto path = test::public_vectors("rfc6962-merkle/testdata");
    if (!path) return;
    const Counts inclusion = run_cases(*path / "inclusion", inclusion_holds);
    const Counts consistency = run_cases(*path / "consistency", consistency_holds);
    CHECK(inclusion.holds > 0);
    CHECK(consistency.holds > 0);
    std::cout << "rfc6962-merkle: " << inclusion.holds << " + " << inclusion.fails
              << " inclusion cases, " << consistency.holds << " + " << consistency.fails
              << " consistency cases (hold + fail)\n";
  }

  TEST_CASE("the reference tree has the published roots") {
    const auto path = test::public_vectors("rfc6962-merkle/reference-tree.json");
    if (!path) return;
    const Json file = test::load_json(*path);
    Hashes leaves;
    const Json& roots = file.at("root_hashes_by_size_hex");
    CHECK(chain::root_of(leaves) == test::hash(roots.at(0)));
    for (const Json& item : file.at("leaf_inputs_hex")) {
      leaves.push_back(chain::leaf_hash(test::unhex(item)));
      CHECK(chain::root_of(leaves) == test::hash(roots.at(leaves.size())));
    }
    std::cout << "rfc6962-merkle: reference tree of " << leaves.size() << " leaves\n";
  }

  TEST_CASE("the public log: checkpoints, roots from entries, and every pair of sizes") {
    const auto path = test::public_vectors("tessera-log");
    if (!path) return;
    std::string vkey = test::slurp(*path / "VKEY.txt");
    while (vkey.ends_with('\n')) vkey.pop_back();
    const crypto::Identity log = crypto::parse_vkey(vkey);
    const Path folder = *path / "testdata" / "log";
    const Hashes leaves = leaves_of_bundle(test::slurp(folder / "tile/entries/000.p/15"));
    REQUIRE(leaves.size() == 15);
    Hashes roots;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
      CAPTURE(size);
      const auto note = test::slurp(folder / ("checkpoint." + std::to_string(size)));
      const auto checkpoint = chain::open_checkpoint(note, log);
      CHECK(checkpoint.tree_size == size);
      CHECK(checkpoint.root == chain::root_of(first(leaves, size)));
      roots.push_back(checkpoint.root);
      if (size == 0) continue;
      const std::string bundle = "tile/entries/000.p/" + std::to_string(size);
      if (std::filesystem::exists(folder / bundle)) {
        CHECK(chain::root_of(leaves_of_bundle(test::slurp(folder / bundle))) == checkpoint.root);
      }
    }
    int pairs = 0;
    for (std::size_t old_size = 0; old_size < roots.size(); ++old_size) {
      for (std::size_t new_size = old_size + 1; new_size < roots.size(); ++new_size) {
        CAPTURE(old_size);
        CAPTURE(new_size);
        ++pairs;
        if (old_size == 0) {
          // Nothing can be proved from the empty tree, and everything is consistent with it.
          CHECK(roots[0] == chain::empty_root());
          CHECK_FALSE(chain::verify_consistency(0, roots[0], new_size, roots[new_size], {}));
          continue;
        }
        const auto proof = chain::consistency_proof(first(leaves, new_size), old_size);
        CHECK(
            chain::verify_consistency(old_size, roots[old_size], new_size, roots[new_size], proof));
        CHECK_FALSE(chain::verify_consistency(old_size, roots[old_size], new_size,
                                              roots[new_size - 1], proof));
      }
    }
    std::cout << "tessera-log: " << roots.size() << " checkpoints, " << pairs << " pairs of sizes, "
              << roots.size() - 1 << " of them from the empty tree\n";
  }

  TEST_CASE("our own vectors: roots and proofs of a tree computed by definition") {
    const Json file = test::load_json(test::data_file("merkle/tree.json"));
    Hashes leaves;
    for (const Json& item : file.at("leaves")) leaves.push_back(chain::leaf_hash(text(item)));
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
      CHECK(chain::root_of(first(leaves, size)) == test::hash(file.at("roots").at(size)));
    }
    for (const Json& item : file.at("inclusion")) {
      CHECK(chain::inclusion_proof(first(leaves, size_of(item.at("size"))),
                                   size_of(item.at("index"))) == proof_of(item.at("proof")));
    }
    for (const Json& item : file.at("consistency")) {
      CHECK(chain::consistency_proof(first(leaves, size_of(item.at("new"))),
                                     size_of(item.at("old"))) == proof_of(item.at("proof")));
    }
  }

  TEST_CASE("every inclusion proof for sizes 0 to 64 holds, and for no other leaf or place") {
    const Hashes leaves = some_leaves(64);
    for (std::size_t size = 0; size <= 64; ++size) {
      const Hash root = chain::root_of(first(leaves, size));
      CHECK_THROWS_AS(static_cast<void>(chain::inclusion_proof(first(leaves, size), size)), Error);
      for (std::size_t index = 0; index < size; ++index) {
        const auto proof = chain::inclusion_proof(first(leaves, size), index);
        REQUIRE(chain::verify_inclusion(leaves[index], index, size, proof, root));
        for (std::size_t other = 0; other < size; ++other) {
          if (other == index) continue;
          REQUIRE_FALSE(chain::verify_inclusion(leaves[index], other, size, proof, root));
          REQUIRE_FALSE(chain::verify_inclusion(leaves[other], index, size, proof, root));
        }
        REQUIRE_FALSE(chain::verify_inclusion(leaves[index], index + size, size, proof, root));
        Hashes longer = proof;
        longer.push_back(leaves[0]);
        REQUIRE_FALSE(chain::verify_inclusion(leaves[index], index, size, longer, root));
        if (proof.empty()) continue;
        REQUIRE_FALSE(
            chain::verify_inclusion(leaves[index], index, size, std::span(proof).subspan(1), root));
        for (std::size_t step = 0; step < proof.size(); ++step) {
          Hashes altered = proof;
          altered[step] = flipped(altered[step], (index * 7 + step) % 256);
          REQUIRE_FALSE(chain::verify_inclusion(leaves[index], index, size, altered, root));
        }
      }
    }
  }

  TEST_CASE("every consistency proof for sizes 0 to 64 holds, and none for another root") {
    const Hashes leaves = some_leaves(64);
    Hashes roots;
    for (std::size_t size = 0; size <= 64; ++size) {
      roots.push_back(chain::root_of(first(leaves, size)));
    }
    for (std::size_t new_size = 0; new_size <= 64; ++new_size) {
      const auto tree = first(leaves, new_size);
      CHECK_THROWS_AS(static_cast<void>(chain::consistency_proof(tree, 0)), Error);
      CHECK_THROWS_AS(static_cast<void>(chain::consistency_proof(tree, new_size + 1)), Error);
      CHECK_FALSE(chain::verify_consistency(0, roots[0], new_size, roots[new_size], {}));
      for (std::size_t old_size = 1; old_size <= new_size; ++old_size) {
        const auto proof = chain::consistency_proof(tree, old_size);
        const auto holds = [&](const Hash& old_root, const Hash& new_root, const Hashes& steps) {
          return chain::verify_consistency(old_size, old_root, new_size, new_root, steps);
        };
        REQUIRE(holds(roots[old_size], roots[new_size], proof));
        REQUIRE_FALSE(holds(roots[old_size - 1], roots[new_size], proof));
        REQUIRE_FALSE(holds(roots[old_size], roots[new_size - 1], proof));
        REQUIRE_FALSE(chain::verify_consistency(new_size + 1, roots[old_size], new_size,
                                                roots[new_size], proof));
        Hashes longer = proof;
        longer.push_back(leaves[0]);
        REQUIRE_FALSE(holds(roots[old_size], roots[new_size], longer));
        for (std::size_t step = 0; step < proof.size(); ++step) {
          Hashes altered = proof;
          altered[step] = flipped(altered[step], (old_size * 5 + step) % 256);
          REQUIRE_FALSE(holds(roots[old_size], roots[new_size], altered));
          Hashes shorter = proof;
          shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(step));
          REQUIRE_FALSE(holds(roots[old_size], roots[new_size], shorter));
        }
      }
    }
  }

  TEST_CASE("the steps of many proofs, made in one pass, are those of each") {
    for (const std::size_t size : {1U, 2U, 3U, 7U, 8U, 21U, 64U, 65U}) {
      CAPTURE(size);
      const auto leaves = some_leaves(size);
      std::vector<chain::Subtree> steps;
      Hashes expected;
      for (std::uint64_t index = 0; index < size; ++index) {
        const auto path = chain::inclusion_path(size, index);
        steps.insert(steps.end(), path.begin(), path.end());
        const auto proof = chain::inclusion_proof(leaves, index);
        expected.insert(expected.end(), proof.begin(), proof.end());
      }
      for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
        const auto path = chain::consistency_path(size, old_size);
        steps.insert(steps.end(), path.begin(), path.end());
        const auto proof = chain::consistency_proof(leaves, old_size);
        expected.insert(expected.end(), proof.begin(), proof.end());
      }
      chain::SubtreeRoots roots(steps);
      for (const auto& leaf : leaves) roots.append(leaf);
      CHECK(roots.roots() == expected);
    }
  }

  TEST_CASE("a compact range gives the root at every size, also when it is taken up again") {
    const Hashes leaves = some_leaves(200);
    chain::CompactRange range;
    CHECK(range.root() == chain::empty_root());
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
      range = chain::CompactRange(range.size(), {range.peaks().begin(), range.peaks().end()});
      range.append(leaves[size - 1]);
      CHECK(range.size() == size);
      CHECK(range.root() == chain::root_of(first(leaves, size)));
    }
    CHECK_THROWS_AS(chain::CompactRange(3, {leaves[0]}), Error);
    CHECK_THROWS_AS(chain::CompactRange(0, {leaves[0]}), Error);
    CHECK_THROWS_AS(chain::CompactRange(4, {leaves[0], leaves[1]}), Error);
  }

  TEST_CASE("sizes near 2^64 neither overflow nor hold") {
    const Hash any = chain::empty_root();
    const std::uint64_t largest = ~std::uint64_t{0};
    const Hashes proof(64, any);
    CHECK_FALSE(chain::verify_inclusion(any, largest, largest, proof, any));
    CHECK_FALSE(chain::verify_inclusion(any, largest - 1, largest, proof, any));
    CHECK_FALSE(chain::verify_consistency(1, any, largest, any, proof));
    CHECK_FALSE(chain::verify_consistency(largest - 1, any, largest, any, proof));
  }
}
