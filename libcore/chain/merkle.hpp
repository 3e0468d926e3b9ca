// The Merkle tree over entries: compact range, roots, inclusion and consistency proofs.
//
// Shapes   leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right)
// Units    sizes and indices count leaves, from 0
// Errors   Error{bad_input} when an index or a size is out of range; a proof that fails is `false`
// Source   RFC 6962 section 2.1; RFC 9162 sections 2.1.3 and 2.1.4
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.hpp"

namespace lexecon::chain {

[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);
/// SHA-256 of nothing: the root of the empty tree.
[[nodiscard]] Hash empty_root();

/// The roots of the complete subtrees that make up a tree, largest first: what an append needs.
class CompactRange {
 public:
  CompactRange() = default;
  /// `peaks` must be as many as `size` has one bits.
  CompactRange(std::uint64_t size, std::vector<Hash> peaks);

  void append(const Hash& leaf);
  [[nodiscard]] Hash root() const;
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::span<const Hash> peaks() const { return peaks_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

/// The leaves [begin, end): their root is one step of a proof.
struct Subtree {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};
/// The steps of a proof in its order; no leaf is in two of them.
[[nodiscard]] std::vector<Subtree> inclusion_path(std::uint64_t size, std::uint64_t index);
[[nodiscard]] std::vector<Subtree> consistency_path(std::uint64_t size, std::uint64_t old_size);

/// The roots of such steps, of many proofs as well, from leaves that come one after the other and are not kept:
/// what they have in common is made once.
class SubtreeRoots {
 public:
  explicit SubtreeRoots(std::vector<Subtree> subtrees);

  void append(const Hash& leaf);
  [[nodiscard]] std::vector<Hash> roots() const;

 private:
  /// A complete tree that a step is made of.
  struct Piece {
    Subtree tree;
    Hash root;
  };
  void keep(const Subtree& tree, const Hash& root);
  [[nodiscard]] const Hash& root_of_piece(const Subtree& tree) const;

  std::vector<Subtree> subtrees_;
  std::vector<Piece> pieces_;  // in the order in which appending completes them
  std::size_t next_piece_ = 0;
  std::vector<Hash> peaks_;
  std::uint64_t size_ = 0;
};

[[nodiscard]] Hash root_of(std::span<const Hash> leaves);
[[nodiscard]] std::vector<Hash> inclusion_proof(std::span<const Hash> leaves, std::uint64_t index);
/// From the tree of the first `old_size` leaves to the tree of all.
[[nodiscard]] std::vector<Hash> consistency_proof(std::span<const Hash> leaves,
                                                  std::uint64_t old_size);
[[nodiscard]] bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                    std::span<const Hash> proof, const Hash& root);
/// Always false for an old size of 0.
[[nodiscard]] bool verify_consistency(std::uint64_t old_size, const Hash& old_root,
                                      std::uint64_t new_size, const Hash& new_root,
                                      std::span<const Hash> proof);

}  // namespace lexecon::chain
