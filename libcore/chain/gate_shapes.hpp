// The shape of gate.checked, and how what a gate says follows from what it checked.
//
// Shapes   five checks, each there once, by name: approvals, pins, policy, receipts, registry
// Source   lexecon-ledger(5), Gates
#pragma once

#include <span>
#include <string_view>

#include "chain/event_shapes.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const EventShape> gate_shapes();
/// passed, refused, undecided or conditional, of the outcome that was judged and the status of each check.
[[nodiscard]] std::string_view gate_outcome(std::string_view judged, const Json& checks);

}  // namespace lexecon::chain
