// What named people said about what is asked: declarations, conclusions, and what is to be done.
//
// Shapes   told by compliance.declared, .assessed, .remediated and .withdrawn, always signed by an operator. The
//          newest of one sort for a system, an item (and a kind of evidence) is in force, unless withdrawn
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Statements
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/time.hpp"
#include "chain/entry.hpp"

namespace lexecon::compliance {

enum class StatementSort : std::uint8_t { declared, assessed, remediated };

struct Statement {
  StatementSort sort = StatementSort::declared;
  std::uint64_t seq = 0;
  Timestamp at;
  std::string by;    // the operator
  std::string role;  // when signing
  std::string system;
  std::string rulebook;                    // id, as in eu_ai_act
  std::string item;                        // id of a demand
  std::optional<std::string> kind;         // of evidence that a declaration is
  std::optional<std::string> evidence_id;  // the document that it points to
  std::optional<bool> satisfied;           // of an assessment
  std::optional<Date> from;                // of an assessment: the period that it is about
  std::optional<Date> to;                  // inclusive
  std::optional<Date> expires_on;          // from that day on it says nothing
  std::optional<std::string> owner;        // of a remediation: who does it
  std::optional<Date> due;
  std::optional<std::string> state;  // open, done, dropped
};

/// All statements of a log, fed with its entries in order.
class Statements {
 public:
  /// Entries of other types say nothing. What withdraws or names an entry that cannot be is a fault.
  std::optional<std::string> take(const chain::Entry& entry);

  /// In force on that day: the newest for the system and item that was not withdrawn; nullptr when there is
  /// none. An expired declaration is found too, so that a report can say since when.
  [[nodiscard]] const Statement* newest(StatementSort sort, std::string_view system,
                                        std::string_view rulebook, std::string_view item,
                                        std::optional<std::string_view> kind = {}) const;
  /// All that are in force, expired or not, in order of seq.
  [[nodiscard]] std::vector<const Statement*> all() const;

 private:
  std::vector<Statement> statements_;
  std::vector<std::uint64_t> withdrawn_;
};

[[nodiscard]] bool is_expired(const Statement& statement, const Date& on);

}  // namespace lexecon::compliance
