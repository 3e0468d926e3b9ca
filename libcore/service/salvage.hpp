// The first entries of a database that cannot be trusted as a whole, in a new one.
//
// Shapes   bytes of entries, sealed content, checkpoints and policy files; everything else is made again
// Errors   Error{not_found} when no checkpoint of that size is stored, Error{integrity} when an entry below
//          it cannot be read; whether what was copied is valid is for the verifier to say
// Source   lexecon-ledger(5), Recovery
#pragma once

#include <cstdint>

#include "ledger/node_files.hpp"
#include "store/database.hpp"

namespace lexecon::service {

void salvage(store::Database& from, const ledger::NodeFiles& to, std::uint64_t size);

}  // namespace lexecon::service
