// A whole copy of the ledger in one file, made beside writers and verified before it has its name.
//
// Shapes   the copy is ledger.db as it is: entries, sealed content, checkpoints, files of every set. No
//          key, no draft and no file of evidence is in it
// Errors   Error{cannot_create} where something stands; Error{integrity} for a node that was set back, or
//          whose ledger is invalid; Error{io}. After any of them nothing is left
// Source   lexecon-backup(1)
#pragma once

#include <cstdint>
#include <string>

#include "chain/checkpoint.hpp"
#include "json/fwd.hpp"
#include "service/node.hpp"

namespace lexecon::service {

struct BackedUp {
  Path file;
  std::uint64_t bytes = 0;
  chain::Checkpoint head;
  std::string ledger_vkey;
};

/// `state_home` is the folder of the user's heads.
[[nodiscard]] BackedUp backup(const Node& node, const Path& file, const Path& state_home);
[[nodiscard]] Json to_json(const BackedUp& made);

}  // namespace lexecon::service
