// Overrides: what people put in the place of a verdict, and for which requests it holds.
//
// Shapes   told by override.created, override.enacted and policy.activated, in order of seq. One of several
//          decisions lifts relations for every request that its decision covers, until it expires or
//          another one denies that decision
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Overrides
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authority/operators.hpp"
#include "chain/entry.hpp"
#include "decision/facts.hpp"
#include "decision/request.hpp"

namespace lexecon::authority {

enum class OverrideScope : std::uint8_t {
  single_decision,
  multiple_decisions,
  permanent_policy_change,
};
[[nodiscard]] std::string_view to_string(OverrideScope scope);
[[nodiscard]] std::optional<OverrideScope> override_scope_from(std::string_view text);

/// What a request asks, as far as the entry of its decision says: sealed content may be erased.
struct Coverage {
  std::string actor;
  std::string action;
  std::optional<std::string> resource;
  std::optional<std::string> tool;
  std::optional<std::string> tenant;
  std::vector<std::string> data_classes;  // ascending
};
[[nodiscard]] Coverage coverage_of(const Json& decision_data);
[[nodiscard]] Coverage coverage_of(const decision::Request& request);
/// The same in all, with no data class more.
[[nodiscard]] bool covers(const Coverage& overridden, const Coverage& asked);

struct Override {
  std::string decision_id;
  std::string type;
  OverrideScope scope = OverrideScope::single_decision;
  bool approves = false;
  decision::Exception exception;  // its id, the relations, until when
  std::uint64_t seq = 0;
  Timestamp at;
  std::optional<std::uint64_t> revoked_seq;  // by another one that denies the decision
  std::optional<std::uint64_t> enacted_seq;  // by an activation

  [[nodiscard]] const std::string& id() const { return exception.override_id; }
};
[[nodiscard]] Override parse_override(const chain::Entry& created);
/// What cannot be together in override.created, whatever was before.
[[nodiscard]] Fault override_fault(const chain::Entry& created);
/// Why relations are not lifted by this exception for a request that is judged in the entry of that seq.
/// `made` and the coverage of its decision are nullptr when nobody made it.
[[nodiscard]] Fault exception_fault(const decision::Exception& given, const Override* made,
                                    const Coverage* overridden, const Coverage& asked,
                                    std::uint64_t seq, Timestamp at);

class Overrides {
 public:
  /// Entries of other types say nothing.
  Fault take(const chain::Entry& entry);

  /// nullptr when nobody made it.
  [[nodiscard]] const Override* find(std::string_view id) const;
  /// Every one there ever was, oldest first.
  [[nodiscard]] const std::vector<Override>& all() const { return overrides_; }

 private:
  Fault create(const chain::Entry& entry);
  Fault enact(const chain::Entry& entry);

  std::vector<Override> overrides_;
  std::map<std::string, std::size_t, std::less<>> places_;  // by id
  std::optional<std::pair<std::uint64_t, std::string>>
      activated_;  // seq and policy_hash, the last one
};

}  // namespace lexecon::authority
