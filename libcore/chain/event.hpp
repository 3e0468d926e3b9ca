// The closed shapes of event data: what each listed event type may carry.
//
// Errors   Error{bad_input} with the JSON pointer of the member
// Source   lexecon-ledger(5), Event data
#pragma once

#include <cstdint>
#include <string_view>

#include "chain/entry.hpp"
#include "json/fwd.hpp"

namespace lexecon::chain {

/// `approval` may be absent where an operator may sign: whether one must is a matter of state.
/// Throws unless `data` has exactly the members of its listed type, each of its shape.
/// `seq` bounds the lists of entries it may name. False when the type is not listed.
[[nodiscard]] bool check_event(std::string_view event_type, const Json& data, std::uint64_t seq);
/// check_event() of an entry, and what its data must be to the entry's other members.
[[nodiscard]] bool check_entry(const Entry& entry);
/// Whether the type is listed and the entry is as its type has it: for those who leave it to others to say why not.
[[nodiscard]] bool has_shape(const Entry& entry);
/// Whether an operator has to sign entries of this type.
[[nodiscard]] bool is_signed_by_operator(std::string_view event_type);

}  // namespace lexecon::chain
