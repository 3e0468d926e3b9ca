// Another log's package taken in: verified, held against what was taken in before, and its head made part of
// this log, so that it cannot be denied later.
//
// Shapes   log.imported {decisions, export_id, log_vkey, note, redecided, root_checksum, scope}; the package
//          itself stays where it is
// Errors   Error{bad_input}: the node's own log; those of audit/verify and service/act. What is wrong with
//          the package is an answer, and nothing is recorded
// Source   lexecon-ledger-import(1), lexecon-ledger(5), Witnesses
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/verify.hpp"
#include "chain/checkpoint.hpp"
#include "json/fwd.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct ImportAnswer {
  audit::PackageVerification found;
  std::optional<chain::Checkpoint> last = {};  // of that log, as this node knew it before
  std::optional<std::uint64_t> seq = {};       // of the entry; only of a valid package
};

/// `pins` are the log's keys; without one that under which it was taken in before. `progress` as in
/// ledger/verify.
[[nodiscard]] ImportAnswer import_package(const Node& node, const Path& path,
                                          ledger::VerifyOptions options, Session& session);
/// The document lexecon.import/1.
[[nodiscard]] Json to_json(const ImportAnswer& answer);

}  // namespace lexecon::service
