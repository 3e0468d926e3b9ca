// One entry more: salted, sealed, checked against its shape, written. No lock, no checkpoint.
//
// Errors   Error{bad_input}: data of another shape, or an entry, S or seq above its limit
// Source   lexecon-ledger(5), Entry and Sealed content
#pragma once

#include <optional>
#include <string>

#include "base/entropy.hpp"
#include "chain/entry.hpp"
#include "json/json.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

struct Draft {
  std::string event_type;
  std::string actor;
  Json data = Json::object();
  std::optional<Json> sealed;                    // the value; the writer salts and seals it
  std::optional<std::string> sealed_bytes = {};  // or S itself, made before by chain::seal()
};

struct Appended {
  chain::Entry entry;
  std::string bytes;
  Hash hash;
  std::optional<std::string> sealed;  // the bytes S
};

/// What an entry takes from the log it joins.
struct Place {
  std::string origin;
  std::uint64_t seq = 0;
  Hash previous_hash;
  Timestamp at;
};

/// Everything that can be refused is refused here, before a byte is written.
[[nodiscard]] Appended make_entry(Draft draft, const Place& place, Entropy& entropy);
void insert_entry(store::Database& database, const Appended& appended);

}  // namespace lexecon::ledger
