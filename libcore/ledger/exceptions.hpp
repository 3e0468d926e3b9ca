// The exceptions that verdicts rest on, held against the overrides on record once all entries are known.
//
// Shapes   of a decision all of them; of a token those that no answer to its own decision brings
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Overrides
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "authority/overrides.hpp"
#include "chain/entry.hpp"

namespace lexecon::ledger {

class Exceptions {
 public:
  /// What the decision of an override was asked.
  void overridden(const std::string& decision_id, const authority::Coverage& asked);
  /// An entry whose facts list exceptions, of a request that asks this; `answers` are left out.
  void rest_on(const chain::Entry& entry, const authority::Coverage& asked,
               const std::vector<decision::Exception>& answers);
  /// The first entry that rests on what it may not. `is_partial`: an override may be of a decision that is
  /// not shown.
  [[nodiscard]] std::optional<std::pair<std::uint64_t, std::string>> first_fault(
      const authority::Overrides& overrides, bool is_partial = false) const;

 private:
  struct Use {
    std::uint64_t seq = 0;
    Timestamp at;
    authority::Coverage asked;
    std::vector<decision::Exception> exceptions;
  };
  std::map<std::string, authority::Coverage, std::less<>> overridden_;  // by decision id
  std::vector<Use> uses_;
};

}  // namespace lexecon::ledger
