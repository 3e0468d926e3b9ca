// The payload of a package, read from the ledger: what a tree of one size holds, or a part of it.
//
// Shapes   data/ledger, data/policies, data/keys, data/evidence and the sections; no entry is held in memory
// Errors   Error{integrity} where the ledger does not give the root that was signed, or something that it
//          names is gone; Error{bad_input} for a size that hides an erasure of what is shown
// Source   lexecon-package(5), Payload
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "chain/checkpoint.hpp"
#include "export/payload.hpp"
#include "export/selection.hpp"
#include "package/manifest.hpp"
#include "service/node.hpp"

namespace lexecon::exporting {

/// Told now and then how many entries were read, of how many.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

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
