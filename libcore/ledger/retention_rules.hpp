// The classes of retention that an activation put in force.
//
// Errors   Error{bad_input} when node.yaml on record says them wrong
// Source   lexecon-node(5), Retention
#pragma once

#include <optional>
#include <span>

#include "decision/active_set.hpp"
#include "decision/retention.hpp"
#include "ledger/records.hpp"

namespace lexecon::ledger {

/// Of a set's files on record; nothing when the bytes of its node.yaml are not among them.
[[nodiscard]] std::optional<decision::RetentionRules> retention_of(
    Records& records, std::span<const decision::FileDigest> files);

}  // namespace lexecon::ledger
