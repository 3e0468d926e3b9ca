// The listed event types of compliance: what a governed system is, and what people said about what is asked of it.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <span>
#include <string_view>

#include "base/time.hpp"
#include "chain/event_shapes.hpp"

namespace lexecon::chain {

[[nodiscard]] std::span<const EventShape> compliance_shapes();
/// Whether an entry of this type says something that compliance.withdrawn may take back.
[[nodiscard]] bool is_statement(std::string_view event_type);
/// What a statement must be to the time of its entry.
void statement_in_time(const Json& data, Timestamp timestamp, const Place& at);

}  // namespace lexecon::chain
