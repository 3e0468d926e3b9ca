#include "chain/merkle.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace lexecon::chain {
namespace {

using Hashes = std::span<const Hash>;

/// Where a tree splits: its left subtree has the largest power of two below its size, at least 2.
std::uint64_t middle_of(const Subtree& tree) {
  return tree.begin + std::bit_floor(tree.end - tree.begin - 1);
}

struct Descent {
  Subtree end;
  std::vector<Subtree> others;  // on the other sides, from below: as a proof is read
};

/// From the root of `size` leaves down towards leaf `at`, until `is_end`.
template <class IsEnd>
Descent descend(std::uint64_t size, std::uint64_t at, const IsEnd& is_end) {
  Descent out{{0, size}, {}};
  while (!is_end(out.end)) {
    const std::uint64_t middle = middle_of(out.end);
    const Subtree left{out.end.begin, middle};
    const Subtree right{middle, out.end.end};
    out.others.push_back(at < middle ? right : left);
    out.end = at < middle ? left : right;
  }
  std::reverse(out.others.begin(), out.others.end());
  return out;
}

std::vector<Hash> roots_of(Hashes leaves, const std::vector<Subtree>& path) {
  std::vector<Hash> out;
  for (const Subtree& tree : path) {
    out.push_back(root_of(leaves.subspan(tree.begin, tree.end - tree.begin)));
  }
  return out;
}

/// The complete trees that a tree is made of, from the left.
std::vector<Subtree> pieces_of(Subtree tree) {
  std::vector<Subtree> out;
  while (tree.end - tree.begin > 1 && !std::has_single_bit(tree.end - tree.begin)) {
    const std::uint64_t middle = middle_of(tree);
    out.push_back({tree.begin, middle});
    tree.begin = middle;
  }
  out.push_back(tree);
  return out;
}

/// The order in which leaves that are appended complete trees.
bool completes_before(const Subtree& left, const Subtree& right) {
  return left.end != right.end ? left.end < right.end : left.begin > right.begin;
}

[[noreturn]] void out_of_range(const std::string& what, std::uint64_t seen, std::uint64_t size) {
  throw Error(ErrorCode::bad_input, what + " " + std::to_string(seen) + " is out of range for " +
                                        std::to_string(size) + " leaves");
}

}  // namespace

Hash node_hash(const Hash& left, const Hash& right) {
  // One call for 65 bytes costs half of what a running digest costs.
  std::array<char, 1 + 2 * sizeof(Hash::bytes)> bytes{'\x01'};
  std::copy(left.bytes.begin(), left.bytes.end(), bytes.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), bytes.begin() + 1 + sizeof(Hash::bytes));
  return crypto::sha256({bytes.data(), bytes.size()});
}

Hash empty_root() { return crypto::sha256(""); }

CompactRange::CompactRange(std::uint64_t size, std::vector<Hash> peaks)
    : size_(size), peaks_(std::move(peaks)) {
  if (static_cast<std::size_t>(std::popcount(size_)) != peaks_.size()) {
    throw Error(ErrorCode::bad_input, "expected " + std::to_string(std::popcount(size_)) +
                                          " peaks for a tree of " + std::to_string(size_) +
                                          " leaves, got " + std::to_string(peaks_.size()));
  }
}

void CompactRange::append(const Hash& leaf) {
  Hash merged = leaf;
  for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
    merged = node_hash(peaks_.back(), merged);
    peaks_.pop_back();
  }
  peaks_.push_back(merged);
  ++size_;
}

Hash CompactRange::root() const {
  if (peaks_.empty()) return empty_root();
  Hash out = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) out = node_hash(*peak, out);
  return out;
}

Hash root_of(Hashes leaves) {
  CompactRange range;
  for (const Hash& leaf : leaves) range.append(leaf);
  return range.root();
}

std::vector<Subtree> inclusion_path(std::uint64_t size, std::uint64_t index) {
  if (index >= size) out_of_range("index", index, size);
  return descend(size, index, [](const Subtree& tree) { return tree.end - tree.begin == 1; })
      .others;
}

std::vector<Subtree> consistency_path(std::uint64_t size, std::uint64_t old_size) {
  if (old_size == 0 || old_size > size) out_of_range("old size", old_size, size);
  auto [end, path] =
      descend(size, old_size - 1, [&](const Subtree& tree) { return tree.end == old_size; });
  // What ends the old tree comes first, unless it is all of it: its root the reader has.
  if (end.begin != 0) path.insert(path.begin(), end);
  return path;
}

SubtreeRoots::SubtreeRoots(std::vector<Subtree> subtrees) : subtrees_(std::move(subtrees)) {
  for (const Subtree& tree : subtrees_) {
    for (const Subtree& piece : pieces_of(tree)) pieces_.push_back({piece, {}});
  }
  std::sort(pieces_.begin(), pieces_.end(), [](const Piece& left, const Piece& right) {
    return completes_before(left.tree, right.tree);
  });
  const auto is_same = [](const Piece& left, const Piece& right) {
    return left.tree.begin == right.tree.begin && left.tree.end == right.tree.end;
  };
  pieces_.erase(std::unique(pieces_.begin(), pieces_.end(), is_same), pieces_.end());
}

void SubtreeRoots::append(const Hash& leaf) {
  Subtree tree{size_, size_ + 1};
  Hash merged = leaf;
  keep(tree, merged);
  for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
    tree.begin -= tree.end - tree.begin;
    merged = node_hash(peaks_.back(), merged);
    peaks_.pop_back();
    keep(tree, merged);
  }
  peaks_.push_back(merged);
  ++size_;
}

void SubtreeRoots::keep(const Subtree& tree, const Hash& root) {
  if (next_piece_ == pieces_.size()) return;
  Piece& piece = pieces_[next_piece_];
  if (piece.tree.begin != tree.begin || piece.tree.end != tree.end) return;
  piece.root = root;
  ++next_piece_;
}

const Hash& SubtreeRoots::root_of_piece(const Subtree& tree) const {
  return std::lower_bound(pieces_.begin(), pieces_.end(), tree,
                          [](const Piece& piece, const Subtree& wanted) {
                            return completes_before(piece.tree, wanted);
                          })
      ->root;
}

std::vector<Hash> SubtreeRoots::roots() const {
  std::vector<Hash> out;
  for (const Subtree& tree : subtrees_) {
    const auto pieces = pieces_of(tree);
    Hash root = root_of_piece(pieces.back());
    for (auto each = pieces.rbegin() + 1; each != pieces.rend(); ++each) {
      root = node_hash(root_of_piece(*each), root);
    }
    out.push_back(root);
  }
  return out;
}

std::vector<Hash> inclusion_proof(Hashes leaves, std::uint64_t index) {
  return roots_of(leaves, inclusion_path(leaves.size(), index));
}

std::vector<Hash> consistency_proof(Hashes leaves, std::uint64_t old_size) {
  return roots_of(leaves, consistency_path(leaves.size(), old_size));
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, Hashes proof,
                      const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Hash running = leaf;
  for (const Hash& step : proof) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      running = node_hash(step, running);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      running = node_hash(running, step);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && running == root;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size,
                        const Hash& new_root, Hashes proof) {
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (proof.empty()) return false;
  // An old tree that is complete is itself the first node of the path.
  const bool complete = std::has_single_bit(old_size);
  const Hash first = complete ? old_root : proof.front();
  const Hashes steps = complete ? proof : proof.subspan(1);
  const int shift = std::countr_one(old_size - 1);
  std::uint64_t node = (old_size - 1) >> shift;
  std::uint64_t last = (new_size - 1) >> shift;
  Hash old_running = first;
  Hash new_running = first;
  for (const Hash& step : steps) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      old_running = node_hash(step, old_running);
      new_running = node_hash(step, new_running);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      new_running = node_hash(new_running, step);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && old_running == old_root && new_running == new_root;
}

}  // namespace lexecon::chain
