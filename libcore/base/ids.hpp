// Identifiers: ULIDs and the alphabets of the names that stand in entries.
//
// Shapes   ULID [0-7][0-9A-HJKMNP-TV-Z]{25}: 48-bit milliseconds, 80 random bits, Crockford base32
// Source   lexecon-ledger(5), Identifiers
#pragma once

#include <string>
#include <string_view>

#include "base/entropy.hpp"
#include "base/time.hpp"

namespace lexecon {

/// Makes ULIDs that strictly increase within one object, also inside one millisecond.
class UlidMaker {
 public:
  [[nodiscard]] std::string next(Timestamp at, Entropy& entropy);

 private:
  std::string last_;
};

[[nodiscard]] bool is_ulid(std::string_view text);
/// `prefix` followed by a ULID, as in dec_01J….
[[nodiscard]] bool is_prefixed_ulid(std::string_view text, std::string_view prefix);
/// Node and operator ids: [a-z0-9][a-z0-9._-]{0,63}
[[nodiscard]] bool is_node_id(std::string_view text);
/// Log names: [a-z0-9][a-z0-9._/-]{0,199}
[[nodiscard]] bool is_origin(std::string_view text);
/// Codes: [a-z0-9][a-z0-9_.:-]{0,127}
[[nodiscard]] bool is_code(std::string_view text);
/// Free identifiers (tenant, tool, model, keys): [A-Za-z0-9._:@/+-]{1,128}
[[nodiscard]] bool is_free_identifier(std::string_view text);
/// A version of something: a free identifier <name>@<version>
[[nodiscard]] bool is_version_id(std::string_view text);
/// Event types: [a-z_]+(\.[a-z_]+)*
[[nodiscard]] bool is_event_type(std::string_view text);
/// Token audiences: [!-~]{1,255}
[[nodiscard]] bool is_audience(std::string_view text);
/// `length` lower-case hex digits.
[[nodiscard]] bool is_hex(std::string_view text, std::size_t length);

}  // namespace lexecon
