// What became of one decision, and of one token, told by all entries that name it, in order.
//
// Shapes   a story is given the entries of one fingerprint, so a few ids may be told in one
// Errors   a fault is an answer; data without its shape is passed over, for another check names it
// Source   lexecon-ledger(5), Event data
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "chain/entry_view.hpp"
#include "ledger/gathered.hpp"

namespace lexecon::ledger {

using Fault = std::optional<std::string>;

[[nodiscard]] std::optional<WideId> decision_in(const chain::DataView& data);
[[nodiscard]] std::optional<WideId> token_in(const chain::DataView& data);

/// It is issued once and used in turn, not more often than it may be, while it lives.
class TokenStory {
 public:
  [[nodiscard]] Fault take(const chain::EntryView& entry);

 private:
  struct Token {
    Hash hash;
    Timestamp expires_at;
    std::int64_t uses = 0;
    std::int64_t used = 0;
    bool revoked = false;
  };
  Fault issue(const WideId& id, const chain::TokenView& token);
  Fault use(Token& token, const chain::EntryView& entry);

  std::map<WideId, Token> tokens_;
};

}  // namespace lexecon::ledger
