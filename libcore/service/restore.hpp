// A backup put in the place of a ledger that is gone or damaged; never behind what the node has signed.
//
// Shapes   everything happens to a copy in the node directory, which is verified, gets its tables from its
//          entries, and takes its place in one rename; what stood there is kept aside
// Errors   Error{integrity} for a backup that is invalid, of another log or key, or behind a checkpoint that
//          the node or its user has seen; Error{cannot_create} where a valid ledger of that size stands;
//          Error{busy}, {io}. After any of them the node is as before
// Source   lexecon-restore(1)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/checkpoint.hpp"
#include "json/fwd.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct RestoreFrom {
  Path file;
  std::vector<crypto::Pin> pins;         // each must be the log's key
  std::vector<std::string> older_notes;  // checkpoints that the log must contain
};

struct Restored {
  Path folder;
  chain::Checkpoint head;
  std::string ledger_vkey;
  std::optional<Path> replaced;           // the folder of what stood there
  std::vector<std::string> missing_keys;  // without them the node is for reading
};

[[nodiscard]] Restored restore(const Path& folder, const RestoreFrom& from, const Session& session);
[[nodiscard]] Json to_json(const Restored& restored);

}  // namespace lexecon::service
