// What named people said about what is asked: declarations, conclusions, and what is to be done.
//
// Shapes   told by compliance.declared, .assessed, .remediated and .withdrawn, always signed by an operator. The
//          newest of one sort for a system, an item (and a kind of evidence) is in force, unless withdrawn. Without a
//          system it is about the whole node, as of a framework; without a kind a declaration is of the whole item
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Statements
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/time.hpp"
#include "chain/entry.hpp"

namespace lexecon::compliance {

enum class StatementSort : std::uint8_t { declared, assessed, remediated };
[[nodiscard]] std::string_view to_string(StatementSort sort);

struct Statement {
  StatementSort sort = StatementSort::declared;
  std::uint64_t seq = 0;
  Timestamp at;
  std::string by;                          // the operator
  std::string role;                        // when signing
  std::optional<std::string> system;       // nothing: the whole node
  std::string rulebook;                    // id, as in eu_ai_act
  std::string rulebook_sha256;             // of the rulebook that was read for it, in hex
  std::string item;                        // id of a demand
  std::optional<std::string> kind;         // of evidence that a declaration is
  std::optional<std::string> evidence_id;  // the document that it points to
  std::optional<bool> satisfied;           // of an assessment; nothing: the control is left out
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

  /// In force: the newest for exactly that system, item and kind that was not withdrawn; nullptr when there is
  /// none. An expired declaration is found too, so that a report can say since when. Of those before `end` alone,
  /// where it is given.
  [[nodiscard]] const Statement* newest(StatementSort sort, std::optional<std::string_view> system,
                                        std::string_view rulebook, std::string_view item,
                                        std::optional<std::string_view> kind = {},
                                        std::optional<Timestamp> end = {}) const;
  /// The newest assessment that is about one of these days, however many were made of other periods since.
  [[nodiscard]] const Statement* newest_about(std::optional<std::string_view> system,
                                              std::string_view rulebook, std::string_view item,
                                              const Date& from, const Date& to) const;
  /// All that are in force, expired or not, in order of seq.
  [[nodiscard]] std::vector<const Statement*> all() const;
  /// That of an entry, withdrawn or not; nullptr when it states nothing.
  [[nodiscard]] const Statement* find(std::uint64_t seq) const;
  /// The entry that withdrew it.
  [[nodiscard]] std::optional<std::uint64_t> withdrawn_by(std::uint64_t seq) const;

 private:
  std::vector<Statement> statements_;                 // in order of seq
  std::map<std::uint64_t, std::uint64_t> withdrawn_;  // by the statement: what withdrew it
};

/// The entry has the shape of a statement; unsigned, it is by nobody.
[[nodiscard]] Statement statement_in(const chain::Entry& entry);
[[nodiscard]] bool is_expired(const Statement& statement, const Date& on);

}  // namespace lexecon::compliance
