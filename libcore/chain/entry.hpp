// The ledger entry: its members, its bytes, its two hashes.
//
// Shapes   B = JCS of exactly eleven members; entry_hash = SHA-256(B); leaf = SHA-256(0x00 || B)
// Units    at most 65,535 bytes; seq from 0; timestamps in microseconds
// Errors   Error{bad_input}: not canonical, a member missing, unknown, of another type or range
// Source   lexecon-ledger(5), Entry
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "json/json.hpp"

namespace lexecon::chain {

inline constexpr std::string_view entry_version = "lexecon-entry/1";
inline constexpr std::size_t max_entry_bytes = 65'535;

struct Entry {
  std::string actor;
  Json data = Json::object();
  std::string event_type;
  std::string origin;
  Hash previous_hash;
  std::string salt;  // 32 hex digits
  std::optional<Hash> sealed_hash;
  std::uint64_t seq = 0;
  Timestamp timestamp;
};

/// "genesis" for 0, else "entry_<seq>".
[[nodiscard]] std::string entry_id(std::uint64_t seq);
/// The seq of an entry id, or nothing.
[[nodiscard]] std::optional<std::uint64_t> seq_of(std::string_view entry_id);
/// The bytes B. Error{bad_input} when they would exceed the limit or a member has the wrong shape.
[[nodiscard]] std::string to_bytes(const Entry& entry);
[[nodiscard]] Entry parse_entry(std::string_view bytes);
[[nodiscard]] Hash entry_hash(std::string_view bytes);
[[nodiscard]] Hash leaf_hash(std::string_view bytes);

}  // namespace lexecon::chain
