// The node.yaml that an activation put in force.
//
// Errors   Error{bad_input} when node.yaml on record is none
// Source   lexecon-node(5)
#pragma once

#include <optional>
#include <span>

#include "decision/active_set.hpp"
#include "decision/node_config.hpp"
#include "decision/retention.hpp"
#include "ledger/records.hpp"

namespace lexecon::ledger {

/// Of a set's files on record; nothing when the bytes of its node.yaml are not among them.
[[nodiscard]] std::optional<decision::NodeConfig> node_config_of(
    Records& records, std::span<const decision::FileDigest> files);

/// Its classes of retention alone, likewise.
[[nodiscard]] std::optional<decision::RetentionRules> retention_of(
    Records& records, std::span<const decision::FileDigest> files);

}  // namespace lexecon::ledger
