// The shapes of single members of event data, and how they are put together.
//
// Errors   Error{bad_input} with the JSON pointer of the member
// Source   lexecon-ledger(5), Event data, Identifiers
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "json/json.hpp"

namespace lexecon::chain {

/// Where a value stands, and the seq of its entry. Its JSON pointer is put together only for a refusal;
/// so a place refers to the name and to the place above it, and lives no longer than they do.
struct Place {
  std::string_view name;
  std::uint64_t seq = 0;
  const Place* above = nullptr;

  [[nodiscard]] Place below(std::string_view member) const { return {member, seq, this}; }
  [[nodiscard]] std::string pointer() const;
};

using Check = void (*)(const Json&, const Place&);

struct Member {
  std::string_view name;
  Check check;
};

[[noreturn]] void refuse(std::string_view expected, const Place& at);
/// An object of exactly these members; `optional` may be there besides.
void members(const Json& value, const Place& at, std::span<const Member> listed,
             const Member* optional = nullptr);
/// A list, each item of the shape.
void items(const Json& value, const Place& at, Check check);
/// A list of texts, each above the one before.
void ascending_items(const Json& value, const Place& at, Check check);

template <Check check>
void or_null(const Json& value, const Place& at) {
  if (!value.is_null()) check(value, at);
}

template <Check check>
void list_of(const Json& value, const Place& at) {
  items(value, at, check);
}

template <Check check>
void ascending(const Json& value, const Place& at) {
  ascending_items(value, at, check);
}

// Texts
void line(const Json& value, const Place& at);  // not empty, no control characters
void code(const Json& value, const Place& at);
void free_identifier(const Json& value, const Place& at);
void name_id(const Json& value, const Place& at);  // of a node or an operator
void hex_16(const Json& value, const Place& at);
void hex_32(const Json& value, const Place& at);
void hex_64(const Json& value, const Place& at);
void entry_instant(const Json& value, const Place& at);
void token_instant(const Json& value, const Place& at);
void requirement(const Json& value, const Place& at);
void actor_term(const Json& value, const Place& at);
void action_term(const Json& value, const Place& at);
void resource_term(const Json& value, const Place& at);
void data_term(const Json& value, const Place& at);

// Texts of a closed list
void one_of(std::initializer_list<std::string_view> known, std::string_view expected,
            const Json& value, const Place& at);
void mode(const Json& value, const Place& at);
void outcome(const Json& value, const Place& at);
void priority(const Json& value, const Place& at);
void role(const Json& value, const Place& at);

// Identifiers
void decision_id(const Json& value, const Place& at);
void escalation_id(const Json& value, const Place& at);
void override_id(const Json& value, const Place& at);
void token_id(const Json& value, const Place& at);

// Keys
void ledger_vkey(const Json& value, const Place& at);
void ssh_signer(const Json& value, const Place& at);

// Integers
void count(const Json& value, const Place& at);  // from 0
void positive(const Json& value, const Place& at);
void percent(const Json& value, const Place& at);    // 0 to 100
void token_use(const Json& value, const Place& at);  // 1 to 1,000,000
void earlier_seq(const Json& value, const Place& at);
/// A list of seqs that ascend below the entry's own; at least one.
void earlier_seqs(const Json& value, const Place& at);

/// The text of a member that was checked.
[[nodiscard]] std::string_view text_of(const Json& data, const char* name);

}  // namespace lexecon::chain
