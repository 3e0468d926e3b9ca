#include "reporting/book.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "ledger/tree.hpp"

namespace lexecon::reporting {
namespace {

using compliance::EvidenceMark;
using compliance::EvidenceSet;
using Proofs = std::map<std::uint64_t, std::vector<Hash>>;

std::set<std::uint64_t> named_entries(const Book& book) {
  std::set<std::uint64_t> out;
  for (const auto& [what, set] : book.sets()) {
    for (const auto& mark : {set.first, set.last}) {
      if (mark) out.insert(mark->seq);
    }
  }
  return out;
}

/// The steps of all of them come from one pass over the leaves.
Proofs prove(const std::set<std::uint64_t>& seqs, store::Database& database,
             const chain::Checkpoint& checkpoint) {
  std::vector<chain::Subtree> steps;
  std::map<std::uint64_t, std::size_t> lengths;
  for (const auto seq : seqs) {
    const auto path = chain::inclusion_path(checkpoint.tree_size, seq);
    lengths.emplace(seq, path.size());
    steps.insert(steps.end(), path.begin(), path.end());
  }
  chain::SubtreeRoots roots(std::move(steps));
  std::map<std::uint64_t, Hash> leaves;
  ledger::each_leaf(database, checkpoint.tree_size, ledger::Beside::nothing,
                    [&](const ledger::Leaf& leaf) {
                      if (lengths.contains(leaf.seq)) leaves.emplace(leaf.seq, leaf.hash);
                      roots.append(leaf.hash);
                    });
  Proofs out;
  const auto all = roots.roots();
  auto next = all.begin();
  for (const auto& [seq, length] : lengths) {
    const auto end = next + static_cast<std::ptrdiff_t>(length);
    const auto& proof = out.emplace(seq, std::vector<Hash>(next, end)).first->second;
    next = end;
    if (chain::verify_inclusion(leaves.at(seq), seq, checkpoint.tree_size, proof,
                                checkpoint.root)) {
      continue;
    }
    throw Error(ErrorCode::integrity, "the entry does not hold against the root of the checkpoint",
                chain::entry_id(seq), "run lexecon ledger verify");
  }
  return out;
}

Json to_json(const std::optional<EvidenceMark>& mark, const Proofs& proofs) {
  if (!mark) return {};
  auto steps = Json::array();
  for (const auto& hash : proofs.at(mark->seq)) steps.push_back(hash.hex());
  return {{"entry_id", chain::entry_id(mark->seq)},
          {"timestamp", to_text(mark->at)},
          {"entry_hash", mark->hash.hex()},
          {"proof", std::move(steps)}};
}

Json to_json(const std::string& id, const std::string& what, const EvidenceSet& set,
             const Proofs& proofs) {
  auto ranges = Json::array();
  for (const auto& [first, last] : set.ranges) ranges.push_back({first, last});
  return {{"id", id},
          {"what", what},
          {"count", set.count},
          {"first", to_json(set.first, proofs)},
          {"last", to_json(set.last, proofs)},
          {"ranges", std::move(ranges)},
          {"digest", set.digest.hex()}};
}

std::string id_of(std::size_t position) { return "E" + std::to_string(position + 1); }

}  // namespace

std::string Book::add(const EvidenceSet& set, std::string_view what) {
  const auto found = std::find_if(sets_.begin(), sets_.end(), [&](const auto& each) {
    return each.first == what && each.second.digest == set.digest;
  });
  const auto position = static_cast<std::size_t>(found - sets_.begin());
  if (found == sets_.end()) sets_.emplace_back(what, set);
  return id_of(position);
}

Json to_json(const Book& book, store::Database& database, const chain::Checkpoint& checkpoint) {
  const auto proofs = prove(named_entries(book), database, checkpoint);
  auto out = Json::array();
  for (const auto& [what, set] : book.sets()) {
    out.push_back(to_json(id_of(out.size()), what, set, proofs));
  }
  return out;
}

}  // namespace lexecon::reporting
