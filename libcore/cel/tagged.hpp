// Values as JSON that keeps their types, and as plain JSON.
//
// Shapes   {"int":"5"} {"uint":"5"} {"double":"1.5"} {"string":"a"} {"bytes":"YQ=="} {"bool":true}
//          {"null":null} {"list":[...]} {"map":[[key,value],...]} {"type":"int"}
//          {"timestamp":"2009-02-13T23:31:30Z"} {"duration":"1.5s"}
// Errors   Error{bad_input} with the JSON pointer for what is no such value, and for a value that
//          would have more than max_items parts
// Source   lexecon-cel(7), Typed values; the plain form CEL language definition, JSON Data Conversion
#pragma once

#include <string>

#include "cel/arena.hpp"
#include "cel/value.hpp"
#include "json/fwd.hpp"

namespace lexecon::cel {

inline constexpr std::size_t max_items = 1'000'000;

[[nodiscard]] Json to_tagged_json(const Value& value);
/// Texts and bytes are copied into `arena`.
[[nodiscard]] Value from_tagged_json(const Json& json, Arena& arena,
                                     const std::string& pointer = {});

/// Integers beyond 2^53 and doubles that JSON has not become strings, bytes base64, a key its text.
[[nodiscard]] Json to_plain_json(const Value& value);

}  // namespace lexecon::cel
