// The entries of a log up to a signed size, read once, hashed and judged again on the threads of the verifier.
//
// Shapes   visited in order of seq, on the caller's thread. A decision is judged by its request as it was sealed;
//          what was erased, or is of another engine, is counted
// Units    the memory of some batches of 64 KiB
// Errors   Error{integrity} where the entries do not give the root, or a decision comes out differently
// Source   lexecon-ledger(5), Verification
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/bytes.hpp"
#include "chain/checkpoint.hpp"
#include "chain/entry_view.hpp"
#include "ledger/verify.hpp"
#include "reporting/report.hpp"
#include "store/database.hpp"

namespace lexecon::reporting {

/// An entry that is here. Valid inside the visit alone.
struct Read {
  const chain::EntryView& entry;
  std::string_view bytes;  // B
  const Hash& hash;
};

struct Passed {
  ledger::Redecided redecided;
  std::uint64_t archived = 0;  // entries of which only the hashes are here
};

/// In the snapshot of the caller.
[[nodiscard]] Passed read_log(store::Database& database, const chain::Checkpoint& checkpoint,
                              bool redecide, const Progress& progress,
                              const std::function<void(const Read&)>& visit);

}  // namespace lexecon::reporting
