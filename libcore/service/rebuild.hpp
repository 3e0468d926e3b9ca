// Every projection made again from the entries, and the frontier with them, in one transaction.
//
// Shapes   appends nothing: what happened stays what happened, and the tables say it again
// Errors   Error{integrity} for a ledger that is not valid without them; Error{busy} when the lock is
//          held; Error{io}. After any of them the ledger is as before
// Source   lexecon-ledger-rebuild(1)
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/fwd.hpp"
#include "ledger/node_files.hpp"
#include "ledger/verify.hpp"
#include "ledger/writer.hpp"

namespace lexecon::service {

struct RebuiltTable {
  std::string name;
  std::uint64_t rows = 0;
  bool changed = false;
};

struct Rebuilt {
  std::uint64_t entries = 0;
  std::vector<RebuiltTable> tables;
  [[nodiscard]] bool changed() const;
};

/// Needs no key. Where every table was right already, nothing is written.
[[nodiscard]] Rebuilt rebuild(const ledger::NodeFiles& files, const ledger::WriteOptions& options);
/// The same, the ledger being verified with what `known` pins.
[[nodiscard]] Rebuilt rebuild(const ledger::NodeFiles& files, const ledger::WriteOptions& options,
                              const ledger::VerifyOptions& known);
[[nodiscard]] Json to_json(const Rebuilt& rebuilt);

}  // namespace lexecon::service
