// Terms and the patterns that hit them.
//
// Shapes   long prefixes actor: action: resource: data:, short ones act_ axn_ res_ data_;
//          ids [A-Za-z0-9][A-Za-z0-9._:@/+%-]{0,254}, compared as bytes
// Errors   Error{bad_input}
// Source   lexecon-policy(5), Terms and matching
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lexecon::policy {

enum class TermType : std::uint8_t { actor, action, resource, data_class, context };

/// "actor:", "action:", "resource:", "data:", "context:"
[[nodiscard]] std::string_view long_prefix(TermType type);

/// A request's field as stored and shown: one prefix of the type removed, the long one put before it.
/// Refuses '*', another type's long prefix, bad bytes, and in a resource empty, "." and ".." segments.
[[nodiscard]] std::string request_term(TermType type, std::string_view text,
                                       const std::string& where = {});

}  // namespace lexecon::policy
