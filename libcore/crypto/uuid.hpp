// UUIDs made of a name: the same name in the same namespace is the same UUID.
//
// Shapes   version 5: SHA-1 over the namespace and the name; lower case with hyphens. An identifier, no proof
// Errors   Error{bad_input} for a namespace that is no UUID; Error{internal} when libcrypto has no SHA-1
// Source   RFC 9562, section 5.5
#pragma once

#include <string>
#include <string_view>

namespace lexecon::crypto {

[[nodiscard]] std::string uuid_of(std::string_view space, std::string_view name);

}  // namespace lexecon::crypto
