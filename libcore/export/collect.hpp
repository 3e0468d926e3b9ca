// The payload of a package, read from the ledger in one pass: what a tree of one size holds.
//
// Shapes   data/ledger, data/policies, data/keys and data/evidence; no entry is held in memory
// Errors   Error{integrity} where the ledger does not give the root that was signed, or something that it
//          names is gone; Error{bad_input} for a size that the key or an erasure rules out
// Source   lexecon-package(5), Payload
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "chain/checkpoint.hpp"
#include "export/payload.hpp"
#include "package/manifest.hpp"
#include "service/node.hpp"

namespace lexecon::exporting {

struct Selection {
  std::uint64_t size = 0;  // of a stored checkpoint
  package::Disclosure disclosure = package::Disclosure::none;
};
/// Told now and then how many entries were read, of how many.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

/// The key that a package of that size is signed by: the last one that its entries name.
[[nodiscard]] crypto::Identity signer_of(const service::Node& node, std::uint64_t size);
/// Throws unless a package of that selection can be made.
void require_possible(store::Database& database, const service::Node& node,
                      const Selection& selection);

struct Collected {
  chain::Checkpoint checkpoint;
  package::Contents contents;
  std::optional<Hash> head_entry_hash;
};
/// Inside one snapshot of the database.
[[nodiscard]] Collected collect(store::Database& database, const service::Node& node,
                                const Selection& selection, Payload& payload,
                                const Progress& progress);

}  // namespace lexecon::exporting
