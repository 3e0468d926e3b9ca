// Terms and the patterns that hit them.
//
// Shapes   long prefixes actor: action: resource: data:, short ones act_ axn_ res_ data_;
//          ids [A-Za-z0-9][A-Za-z0-9._:@/+%-]{0,254} with their long prefix, compared as bytes;
//          '%' only before two upper-case hex digits of a byte that needs it;
//          a pattern is an id, or ends in a '*' that stands alone or right after ':' or '/'
// Errors   Error{bad_input}
// Source   lexecon-policy(5), Terms and matching
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chain/term.hpp"

namespace lexecon::policy {

enum class TermType : std::uint8_t { actor, action, resource, data_class, context };

using chain::max_term_bytes;

[[nodiscard]] std::string_view to_string(TermType type);
[[nodiscard]] std::optional<TermType> term_type_from(std::string_view text);
/// "actor:", "action:", "resource:", "data:", "context:"
[[nodiscard]] std::string_view long_prefix(TermType type);
/// The type whose long prefix `id` carries.
[[nodiscard]] std::optional<TermType> type_of(std::string_view id);

/// A request's field as stored and shown: one prefix of the type removed, the long one put before
/// it. Refuses '*', another type's long prefix, bad bytes, and in a resource empty, "." and ".."
/// segments.
[[nodiscard]] std::string request_term(TermType type, std::string_view text,
                                       const std::string& where = {});

/// What is wrong with `id` as the id of a term in a policy; nothing when it is one of `type`.
[[nodiscard]] std::optional<std::string> term_fault(TermType type, std::string_view id);
/// The same for a pattern that carries the prefix of `type`.
[[nodiscard]] std::optional<std::string> pattern_fault(TermType type, std::string_view pattern);

}  // namespace lexecon::policy
