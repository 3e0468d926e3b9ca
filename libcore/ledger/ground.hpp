// Where a ledger may not be written, and what earlier writers left there: what a writer asks before it
// touches anything.
//
// Errors   Error{configuration} on a network file system; Error{cannot_create} where something stands
// Source   lexecon-ledger(5), Database and Heads
#pragma once

#include <string>

#include "base/files.hpp"
#include "ledger/node_files.hpp"

namespace lexecon::ledger {

void refuse_network_filesystem(const Path& folder, bool is_allowed);
void refuse_what_stands_there(const Path& path);
void refuse_another_log_of_that_name(const Path& state_home, const std::string& origin);
/// Copies of the ledger while they are made have the process id of their maker behind these names.
[[nodiscard]] Path recovering(const NodeFiles& files);
[[nodiscard]] Path restoring(const NodeFiles& files);
/// Only under the write lock, which whoever makes one of these holds: heads and copies of the ledger that
/// a crash left half written. A copy may hold what is to be erased.
void remove_left_over(const NodeFiles& files);

}  // namespace lexecon::ledger
