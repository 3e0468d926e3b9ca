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

#include "authority/stops.hpp"
#include "chain/entry_view.hpp"
#include "ledger/gathered.hpp"

namespace lexecon::ledger {

using Fault = std::optional<std::string>;

[[nodiscard]] std::optional<WideId> decision_number(std::string_view id);
[[nodiscard]] std::optional<WideId> decision_in(const chain::DataView& data);
[[nodiscard]] std::optional<WideId> token_in(const chain::DataView& data);

/// For whom a token speaks.
struct Holder {
  std::string actor;
  std::string tenant;
};
/// By jti: those of tokens that are issued after their decision, which alone names the tenant.
using Holders = std::map<std::string, Holder, std::less<>>;

/// It is issued once and used in turn, not more often than it may be, while it lives and nobody
/// stopped its holder.
class TokenStory {
 public:
  /// Both must outlive the story, and may know more entries than the story was told.
  TokenStory(const authority::Stops& stops, const Holders& holders)
      : stops_(&stops), holders_(&holders) {}
  [[nodiscard]] Fault take(const chain::EntryView& entry);

 private:
  struct Token {
    Hash hash;
    Timestamp expires_at;
    std::int64_t uses = 0;
    std::int64_t used = 0;
    bool revoked = false;
    Holder holder;  // known where there is any stop
  };
  Fault issue(const WideId& id, const chain::EntryView& entry);
  Fault use(Token& token, const chain::EntryView& entry);
  [[nodiscard]] Holder holder_of(const chain::EntryView& entry) const;

  const authority::Stops* stops_;
  const Holders* holders_;
  std::map<WideId, Token> tokens_;
};

}  // namespace lexecon::ledger
