// What the first entry says: the log's name, its key, the node's label.
//
// Errors   Error{integrity} when the entry is no genesis of a log
// Source   lexecon-ledger(5), Keys and origin
#pragma once

#include <string>

#include "chain/entry.hpp"
#include "crypto/identity.hpp"

namespace lexecon::ledger {

struct Genesis {
  crypto::Identity log;
  std::string node_id;
  Timestamp at;
};

[[nodiscard]] Genesis read_genesis(const chain::Entry& entry);

}  // namespace lexecon::ledger
