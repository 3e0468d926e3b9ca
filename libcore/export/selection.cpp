#include "export/selection.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"

namespace lexecon::exporting {

Erased read_erased(store::Database& database, std::uint64_t size) {
  Erased out;
  registry::each_after(database, "sealed.erased", std::nullopt, std::nullopt,
                       [&](const chain::Entry& erasure) {
                         auto& seqs = erasure.seq < size ? out.before : out.after;
                         for (const auto& seq : erasure.data.at("seqs")) {
                           seqs.push_back(seq.get<std::uint64_t>());
                         }
                       });
  std::sort(out.before.begin(), out.before.end());
  std::sort(out.after.begin(), out.after.end());
  return out;
}

bool has(const std::vector<std::uint64_t>& ascending, std::uint64_t seq) {
  return std::binary_search(ascending.begin(), ascending.end(), seq);
}

chain::Checkpoint checkpoint_of(store::Database& database, const service::Node& node,
                                std::uint64_t size) {
  const auto note = ledger::checkpoint_at(database, size);
  if (!note) {
    throw Error(ErrorCode::not_found,
                "the ledger has no checkpoint of " + std::to_string(size) + " entries", "--size",
                "only sizes that ended a transaction are signed; lexecon ledger checkpoint prints "
                "the last");
  }
  try {
    return ledger::open_checkpoint(*note, node.keys);
  } catch (const Error& error) {
    throw Error(ErrorCode::integrity, "a stored checkpoint does not verify: " + error.message(), {},
                "run lexecon ledger verify");
  }
}

crypto::Identity signer_of(const service::Node& node, std::uint64_t size) {
  auto keys = node.keys;
  std::erase_if(keys.rotations, [size](const auto& rotation) { return rotation.seq >= size; });
  return keys.in_force();
}

void require_possible(store::Database& database, const service::Node& node,
                      const Selection& selection) {
  static_cast<void>(checkpoint_of(database, node, selection.size));
  if (signer_of(node, selection.size) != node.keys.in_force()) {
    const auto last = node.keys.rotations.back().seq;
    throw Error(ErrorCode::bad_input,
                "the key in force came with " + chain::entry_id(last) + ", and a package of " +
                    std::to_string(selection.size) + " entries does not name it",
                "--size", "take a size above " + std::to_string(last));
  }
  if (selection.disclosure == package::Disclosure::none || !selection.filter.takes_all()) return;
  const auto erased = read_erased(database, selection.size);
  const auto found = std::find_if(erased.after.begin(), erased.after.end(),
                                  [&](std::uint64_t seq) { return seq < selection.size; });
  if (found != erased.after.end()) refuse_hidden_erasure(*found);
}

void refuse_hidden_erasure(std::uint64_t seq) {
  throw Error(ErrorCode::bad_input,
              "the sealed content of " + chain::entry_id(seq) +
                  " was erased after that size, and a package of it would hide that",
              "--size", "leave --size out, or take --disclose none");
}

}  // namespace lexecon::exporting
