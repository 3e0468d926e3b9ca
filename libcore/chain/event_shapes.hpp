// The table of listed event types.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <span>
#include <string_view>

#include "chain/event_fields.hpp"

namespace lexecon::chain {

/// Whether the entry has the member `approval`: never; always, once there are operators; if somebody
/// wanted to sign it.
enum class Signing : std::uint8_t { never, by_operator, if_wanted };

struct EventShape {
  std::string_view event_type;
  std::span<const Member> members;
  Signing signing = Signing::never;
  Check rule = nullptr;  // what the members must be to each other; run after their own checks
};

[[nodiscard]] std::span<const EventShape> event_shapes();
/// The member `approval`, by its shape alone.
void approval(const Json& value, const Place& at);

}  // namespace lexecon::chain
