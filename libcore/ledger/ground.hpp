// Where a ledger may not be written: what a writer asks before it touches anything.
//
// Errors   Error{configuration} on a network file system; Error{cannot_create} where something stands
// Source   lexecon-ledger(5), Database and Heads
#pragma once

#include <string>

#include "base/files.hpp"

namespace lexecon::ledger {

void refuse_network_filesystem(const Path& folder, bool is_allowed);
void refuse_what_stands_there(const Path& path);
void refuse_another_log_of_that_name(const Path& state_home, const std::string& origin);

}  // namespace lexecon::ledger
