#include "chain/merkle.hpp"

#include <algorithm>
#include <bit>

#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace lexecon::chain {
namespace {

using Hashes = std::span<const Hash>;

/// The leaves of the left subtree: the largest power of two below `size`, which is at least 2.
std::size_t left_size(std::size_t size) { return std::bit_floor(size - 1); }

/// What RFC 6962 calls SUBPROOF(m, leaves, known). `known`: the verifier has the root of `leaves`
/// already, since they were a complete subtree of the old tree.
std::vector<Hash> subproof(Hashes leaves, std::size_t m, bool known) {
  if (m == leaves.size()) return known ? std::vector<Hash>{} : std::vector{root_of(leaves)};
  const std::size_t k = left_size(leaves.size());
  const bool is_left = m <= k;
  auto proof =
      is_left ? subproof(leaves.first(k), m, known) : subproof(leaves.subspan(k), m - k, false);
  proof.push_back(root_of(is_left ? leaves.subspan(k) : leaves.first(k)));
  return proof;
}

[[noreturn]] void out_of_range(const std::string& what, std::uint64_t seen, std::size_t size) {
  throw Error(ErrorCode::bad_input, what + " " + std::to_string(seen) + " is out of range for " +
                                        std::to_string(size) + " leaves");
}

}  // namespace

Hash node_hash(const Hash& left, const Hash& right) {
  return crypto::sha256({"\x01", left.view(), right.view()});
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

std::vector<Hash> inclusion_proof(Hashes leaves, std::uint64_t index) {
  if (index >= leaves.size()) out_of_range("index", index, leaves.size());
  std::vector<Hash> out;
  auto at = static_cast<std::size_t>(index);
  while (leaves.size() > 1) {
    const std::size_t k = left_size(leaves.size());
    const bool is_left = at < k;
    out.push_back(root_of(is_left ? leaves.subspan(k) : leaves.first(k)));
    leaves = is_left ? leaves.first(k) : leaves.subspan(k);
    if (!is_left) at -= k;
  }
  // Found from the root down; a proof is read from the leaf up.
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Hash> consistency_proof(Hashes leaves, std::uint64_t old_size) {
  if (old_size == 0 || old_size > leaves.size()) {
    out_of_range("old size", old_size, leaves.size());
  }
  return subproof(leaves, static_cast<std::size_t>(old_size), true);
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
