// What the entries so far have brought about: the set and keys in force, decisions, escalations, tokens.
//
// Shapes   what an entry is to those of its transaction is said at once; what it is to all before it, once
//          all were taken and those that name the same id can be told
// Units    12 bytes of memory a decision and 12 a token
// Errors   a fault is an answer; data without its shape is passed over, for another check names it
// Source   lexecon-ledger(5), Event data
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "authority/decision_story.hpp"
#include "chain/entry_view.hpp"
#include "ledger/exceptions.hpp"
#include "ledger/gathered.hpp"
#include "ledger/stories.hpp"

namespace lexecon::ledger {

class LogState {
 public:
  /// The bytes of the entry that stands at a seq, as they were taken.
  using Reread = std::function<std::optional<std::string>(std::uint64_t seq)>;
  struct Finding {
    std::uint64_t seq = 0;
    std::string fault;
  };

  /// `people` must outlive it, and know the entries before one that is taken.
  explicit LogState(const authority::People& people) : people_(&people) {}

  void reserve(std::size_t entries);
  /// Takes the entry that stands at `seq` in; what is wrong with it.
  [[nodiscard]] Fault take(const chain::EntryView& entry, std::uint64_t seq);
  /// The seq of the first escalated decision that has no escalation yet.
  [[nodiscard]] std::optional<std::uint64_t> without_escalation() const;
  /// The first entry that contradicts one far before it. `is_partial`: where entries are withheld, what
  /// follows a decision or a token that is not shown is judged by nobody.
  [[nodiscard]] std::optional<Finding> finish(const Reread& reread, bool is_partial = false);

 private:
  Fault decide(const chain::EntryView& entry, std::uint64_t seq);
  Fault issue(const chain::EntryView& entry, std::uint64_t seq);
  Fault pass_gate(const chain::EntryView& entry, std::uint64_t seq);
  Fault name_token(const chain::EntryView& entry, std::uint64_t seq);
  Fault open_escalation(const chain::EntryView& entry, std::uint64_t seq);
  Fault name_decision(const chain::EntryView& entry, std::uint64_t seq);
  Fault add_key(const chain::EntryView& entry, std::uint64_t seq);
  Fault remove_key(const chain::EntryView& entry, std::uint64_t seq);
  Fault activate(const chain::EntryView& entry, std::uint64_t seq);
  Fault add_evidence(const chain::EntryView& entry, std::uint64_t seq);
  Fault link_evidence(const chain::EntryView& entry, std::uint64_t seq);
  Fault name_decisions(const chain::EntryView& entry, std::uint64_t seq);
  void gather_token(const chain::DataView& data, std::uint64_t seq, Naming naming);
  [[nodiscard]] Fault signing_fault(const chain::DataView& data) const;
  [[nodiscard]] std::optional<Finding> exceptions_fault(Exceptions exceptions, const Reread& reread,
                                                        bool is_partial) const;
  [[nodiscard]] Fault guard_fault(const chain::DataView& data, std::uint64_t seq) const;

  const authority::People* people_;
  std::string policy_hash_;  // empty before the first activation
  std::string mode_;
  std::vector<std::uint64_t> excepted_;  // the decisions whose facts list exceptions
  std::map<std::string, bool, std::less<>> key_in_force_;  // by kid, every one ever added
  std::map<WideId, std::uint64_t> awaiting_;  // escalated, without an escalation: their seq
  std::set<std::string, std::less<>> evidence_;
  Gathered decisions_;
  Gathered tokens_;
};

}  // namespace lexecon::ledger
