// Emergency stops: which of them hold, at every entry of a log.
//
// Shapes   told by oversight.stopped and oversight.resumed, in order of seq
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Event data
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/operators.hpp"
#include "chain/entry.hpp"

namespace lexecon::authority {

struct Stop {
  std::string id;
  std::string scope;  // all, tenant, actor
  std::string target;
  std::string reason;
  std::string actor;  // who stopped
  std::uint64_t seq = 0;
  Timestamp at;
  Hash hash;
  std::optional<std::uint64_t> resumed_seq;

  [[nodiscard]] bool holds(std::uint64_t before) const {
    return seq < before && (!resumed_seq || *resumed_seq >= before);
  }
};

class Stops {
 public:
  /// Entries of other types say nothing.
  Fault take(const chain::Entry& entry, const Hash& hash);

  /// A stop that holds for this actor and tenant, by the entries before `seq`.
  [[nodiscard]] const Stop* find(std::string_view actor, std::string_view tenant,
                                 std::uint64_t seq = Operators::last) const;
  [[nodiscard]] const Stop* by_id(std::string_view id) const;
  /// Every one there ever was, oldest first.
  [[nodiscard]] const std::vector<Stop>& all() const { return stops_; }

 private:
  std::vector<Stop> stops_;
};

}  // namespace lexecon::authority
