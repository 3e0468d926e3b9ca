// The database that another one replaces, kept in a folder of the node.
//
// Shapes   replaced.<time>/ledger.db, and the journal that belongs to it
// Errors   Error{cannot_create}, Error{io}
// Source   lexecon-restore(1), lexecon-recover(1)
#pragma once

#include <optional>

#include "base/time.hpp"
#include "ledger/node_files.hpp"

namespace lexecon::service {

/// Only under the lock; the database stays in its place too. Nothing when there is none.
[[nodiscard]] std::optional<Path> put_aside(const ledger::NodeFiles& files, Timestamp now);

}  // namespace lexecon::service
