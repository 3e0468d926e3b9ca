// The end of an erasure: what it erased is removed from the files too, now or after a crash.
//
// Shapes   <node>/erasing stands from before the commit until nothing is left; a line for each file of
//          evidence that goes, its digest
// Errors   those of base/files and store; what is left then is removed by the next act
// Source   lexecon-privacy-erase(1), lexecon-ledger(5), Sealed content
#pragma once

#include <set>

#include "base/bytes.hpp"
#include "ledger/node_files.hpp"
#include "ledger/writer.hpp"
#include "store/database.hpp"

namespace lexecon::service {

/// Under the lock, before the commit. What an earlier erasure left stays on the list.
void begin_erasing(const ledger::NodeFiles& files, const std::set<Hash>& evidence);
/// Under the lock, outside a transaction: removes the files that no evidence names any more, writes the
/// database anew, overwrites its journal.
void end_erasing(const ledger::NodeFiles& files, store::Database& database);
[[nodiscard]] bool is_erasing(const ledger::NodeFiles& files);
/// Before a node is written: ends what a crash left. An act is not refused because that cannot be done.
void mend_erasing(const ledger::NodeFiles& files, const ledger::WriteOptions& options);

}  // namespace lexecon::service
