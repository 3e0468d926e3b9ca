// The leaves of a tree in their order, each with what the database has of its entry.
//
// Errors   Error{integrity} where one is missing, or stands twice
// Source   lexecon-ledger(5), Database
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "store/database.hpp"

namespace lexecon::ledger {

/// Valid inside the visit alone.
struct Leaf {
  std::uint64_t seq = 0;
  Hash hash;
  std::optional<std::string_view> body;  // nothing of an entry that was archived
  std::optional<std::string_view> sealed;
};

enum class Beside : std::uint8_t { nothing, sealed };
/// Every leaf below `size`, and where it is asked for the sealed content beside it. Nothing else is checked: that they are the right ones is what a root says.
void each_leaf(store::Database& database, std::uint64_t size, Beside beside,
               const std::function<void(const Leaf&)>& visit);

}  // namespace lexecon::ledger
