#include "ledger/prove.hpp"

#include "base/error.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "ledger/reader.hpp"
#include "ledger/tree.hpp"

namespace lexecon::ledger {
namespace {

[[noreturn]] void altered(const std::string& what) {
  throw Error(ErrorCode::integrity, what, {}, "run lexecon ledger verify");
}

struct SignedTree {
  chain::Checkpoint checkpoint;
  std::string note;
};

SignedTree stored_tree(store::Database& database, const LogKeys& keys,
                       std::optional<std::uint64_t> size) {
  const auto note = size ? checkpoint_at(database, *size) : last_checkpoint(database);
  if (!note) {
    const std::string which = size ? " of " + std::to_string(*size) + " entries" : "";
    throw Error(
        ErrorCode::not_found, "the ledger has no checkpoint" + which, {},
        "only sizes that ended a transaction are signed; `lexecon ledger checkpoint` prints "
        "the last");
  }
  try {
    const auto checkpoint = open_checkpoint(*note, keys);
    if (!size || checkpoint.tree_size == *size) return {checkpoint, *note};
  } catch (const Error& error) {
    altered("a stored checkpoint does not verify: " + error.message());
  }
  altered("the checkpoint of " + std::to_string(*size) + " entries says another size");
}

[[noreturn]] void another_root(const chain::Checkpoint& checkpoint) {
  altered("the entries do not give the root of the checkpoint of " +
          std::to_string(checkpoint.tree_size) + " entries");
}

}  // namespace

chain::InclusionProof prove_inclusion(store::Database& database, const LogKeys& keys,
                                      std::uint64_t seq, std::optional<std::uint64_t> size) {
  const auto [checkpoint, note] = stored_tree(database, keys, size);
  const std::uint64_t entries = checkpoint.tree_size;
  if (seq >= entries) {
    throw Error(ErrorCode::bad_input, "the checkpoint of " + std::to_string(entries) +
                                          " entries was signed before " + chain::entry_id(seq));
  }
  chain::SubtreeRoots steps(chain::inclusion_path(entries, seq));
  Hash leaf;
  each_leaf(database, entries, Beside::nothing, [&](const Leaf& each) {
    if (each.seq == seq) leaf = each.hash;
    steps.append(each.hash);
  });
  const chain::InclusionProof proof{seq, steps.roots(), note};
  if (!chain::verify_inclusion(leaf, seq, entries, proof.hashes, checkpoint.root)) {
    another_root(checkpoint);
  }
  return proof;
}

chain::ConsistencyProof prove_consistency(store::Database& database, const LogKeys& keys,
                                          std::uint64_t old_size,
                                          std::optional<std::uint64_t> size) {
  const auto from = stored_tree(database, keys, old_size).checkpoint;
  const auto [checkpoint, note] = stored_tree(database, keys, size);
  const std::uint64_t entries = checkpoint.tree_size;
  if (old_size > entries) {
    throw Error(ErrorCode::bad_input, "a tree of " + std::to_string(entries) +
                                          " entries does not extend one of " +
                                          std::to_string(old_size));
  }
  chain::SubtreeRoots steps(chain::consistency_path(entries, old_size));
  each_leaf(database, entries, Beside::nothing, [&](const Leaf& each) { steps.append(each.hash); });
  const chain::ConsistencyProof proof{old_size, steps.roots(), note};
  if (!chain::verify_consistency(old_size, from.root, entries, checkpoint.root, proof.hashes)) {
    another_root(checkpoint);
  }
  return proof;
}

}  // namespace lexecon::ledger
