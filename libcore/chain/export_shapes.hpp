// The shapes of what leaves a node in packages, and of what comes from another one in them.
//
// Shapes   the note of log.imported is the checkpoint of the package, with the log's line alone, which verifies
// Errors   Error{bad_input}
// Source   lexecon-ledger(5), Event data
#pragma once

#include <span>

#include "chain/checkpoint.hpp"
#include "chain/event_shapes.hpp"

namespace lexecon::chain {

inline constexpr std::string_view log_imported = "log.imported";

[[nodiscard]] std::span<const EventShape> export_shapes();

/// The head of another log.
struct ImportedHead {
  crypto::Identity log;
  std::string note;
  Checkpoint checkpoint;
};
/// What the data of log.imported says, when that log signed it; its members must be texts.
[[nodiscard]] ImportedHead open_imported_head(const Json& data);

}  // namespace lexecon::chain
