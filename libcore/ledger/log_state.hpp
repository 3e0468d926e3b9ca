// What the entries so far have brought about: the set and keys in force, decisions, escalations, tokens.
//
// Units    about 32 bytes of memory a decision and 120 a token
// Errors   a fault is an answer; data without its shape is passed over, for another check names it
// Source   lexecon-ledger(5), Event data
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chain/entry_view.hpp"

namespace lexecon::ledger {

/// A ULID, or the hex digits of a token's id.
struct WideId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const WideId&, const WideId&) = default;
};

struct WideIdHash {
  std::size_t operator()(const WideId& id) const noexcept {
    return static_cast<std::size_t>((id.high ^ (id.low >> 29U)) * 0x9E3779B97F4A7C15U ^ id.low);
  }
};

class LogState {
 public:
  using Fault = std::optional<std::string>;

  /// Takes the entry in; what is wrong with it, judged at its seq.
  [[nodiscard]] Fault take(const chain::EntryView& entry);
  /// The seq of the first escalated decision that has no escalation yet.
  [[nodiscard]] std::optional<std::uint64_t> without_escalation() const;

 private:
  struct Decision {
    WideId id;
    std::uint32_t escalation = 0;  // the last eight digits of its id
    bool approved = false;
    bool escalated = false;
    bool has_escalation = false;
    bool has_token = false;
  };
  struct Token {
    Hash hash;
    Timestamp expires_at;
    std::int32_t uses = 0;
    std::int32_t used = 0;
    bool revoked = false;
  };

  Fault decide(const chain::EntryView& entry);
  Fault issue(const chain::EntryView& entry);
  Fault add_token(const chain::TokenView& record);
  Fault use(const chain::EntryView& entry);
  Fault revoke(const chain::EntryView& entry);
  Fault open_escalation(const chain::EntryView& entry);
  Fault name_escalation(const chain::EntryView& entry);
  Fault add_key(const chain::EntryView& entry);
  Fault remove_key(const chain::EntryView& entry);
  Fault activate(const chain::EntryView& entry);
  Decision* find(const WideId& id);
  Decision* add(const Decision& decision);
  Token* find_token(const chain::DataView& data, Fault& fault);

  std::string policy_hash_;  // empty before the first activation
  std::string mode_;
  std::map<std::string, bool, std::less<>> key_in_force_;  // by kid, every one ever added
  std::vector<Decision> decisions_;                        // ascending: so they are mostly written
  std::map<WideId, Decision> late_;                        // those that are not
  std::map<WideId, std::uint64_t> awaiting_;  // escalated, without an escalation: their seq
  std::unordered_map<WideId, Token, WideIdHash> tokens_;
};

}  // namespace lexecon::ledger
