// Where a log stands: what the next entry builds on, proven by its last checkpoint.
//
// Errors   Error{integrity} when the last entry, the frontier and the last checkpoint do not give one
//          root, a checkpoint is not by the key in force at its size, the last one of an older key is
//          gone, or a head is ahead of the database or of another history
// Source   lexecon-ledger(5), Appending
#pragma once

#include <cstdint>
#include <string>

#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "ledger/genesis.hpp"
#include "ledger/head.hpp"
#include "ledger/log_keys.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

struct Standing {
  Genesis genesis;
  LogKeys keys;
  chain::CompactRange before_last;  // every entry but the last
  chain::CompactRange range;        // all of them
  Hash last_hash;
  chain::Entry last;
  std::string note;  // the last checkpoint
};

/// In O(log n): the last entry, the frontier and the signed root must agree.
[[nodiscard]] Standing read_standing(store::Database& database);
/// Throws unless every head is of this log, not larger than it, and has the root signed at its size.
void check_heads(store::Database& database, const Standing& standing, const Heads& heads);

}  // namespace lexecon::ledger
