// Sealed content: erasable text beside an entry, held there by a salted commitment.
//
// Shapes   S = JCS({"salt": 64 hex, "value": any}); sealed_hash = SHA-256(S)
// Units    at most 1 MiB
// Source   lexecon-ledger(5), Sealed content
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/entropy.hpp"
#include "json/fwd.hpp"

namespace lexecon::chain {

inline constexpr std::size_t max_sealed_bytes = 1'048'576;

/// The bytes S of a value under a fresh salt; Error{bad_input} above the limit.
[[nodiscard]] std::string seal(const Json& value, Entropy& entropy);
/// The same of a value's canonical bytes, with at most 63 containers open at once.
[[nodiscard]] std::string seal_text(std::string_view canonical, Entropy& entropy);
/// The value in S; Error{bad_input} unless S is canonical and has exactly the two members.
[[nodiscard]] Json unseal(std::string_view bytes);
/// unseal() would not throw, told without building the value; a no is only a maybe.
[[nodiscard]] bool is_sealed(std::string_view bytes);

}  // namespace lexecon::chain
