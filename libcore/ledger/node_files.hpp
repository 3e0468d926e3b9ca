// Where things stand in a node directory.
#pragma once

#include "base/files.hpp"

namespace lexecon::ledger {

struct NodeFiles {
  Path folder;  // absolute

  [[nodiscard]] Path node_yaml() const { return folder / "node.yaml"; }
  [[nodiscard]] Path risk_yaml() const { return folder / "risk.yaml"; }
  [[nodiscard]] Path policies() const { return folder / "policies"; }
  [[nodiscard]] Path keys() const { return folder / "keys"; }
  [[nodiscard]] Path ledger_key() const { return keys() / "ledger.key"; }
  [[nodiscard]] Path ledger_pub() const { return keys() / "ledger.pub"; }
  [[nodiscard]] Path token_key() const { return keys() / "token.key"; }
  [[nodiscard]] Path token_pub() const { return keys() / "token.pub"; }
  /// Of a node that cosigns the checkpoints of other logs.
  [[nodiscard]] Path witness_key() const { return keys() / "witness.key"; }
  [[nodiscard]] Path database() const { return folder / "ledger.db"; }
  [[nodiscard]] Path head_note() const { return folder / "head.note"; }
  [[nodiscard]] Path cache() const { return folder / "cache"; }
  [[nodiscard]] Path evidence() const { return folder / "evidence"; }
  /// There from before an erasure is committed until nothing of what it erased is left.
  [[nodiscard]] Path erasing() const { return folder / "erasing"; }
  [[nodiscard]] Path lock() const { return folder / "lock"; }
};

}  // namespace lexecon::ledger
