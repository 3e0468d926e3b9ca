// What the state of a log asks of event data: a few texts, where they stand.
//
// Shapes   a text that is absent, null or of another type is empty, a number 0: the shapes are for
//          check_event() to say
// Source   lexecon-ledger(5), Event data
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "chain/entry.hpp"

namespace lexecon::chain {

struct TokenView {
  std::string_view jti;
  std::string_view token_hash;
  std::string_view expires_at;
  std::string_view kid;
  std::int64_t uses = 0;
};

struct DataView {
  std::string_view decision_id;
  std::string_view outcome;
  std::string_view policy_hash;  // of a decision: that of its policy
  std::string_view mode;         // likewise
  std::string_view action;
  std::string_view actor;
  std::optional<std::string_view> resource;
  std::string_view escalation_id;
  std::string_view kid;
  std::string_view evidence_id;
  std::optional<TokenView> token;  // what is issued; of a token.* that names one: its jti and hash
  std::int64_t use = 0;            // of token.used
  bool has_approvals = false;      // the facts name one
  bool has_exceptions = false;     // likewise
  std::string_view guard;          // of the facts
  std::string_view tenant;
  std::string_view model;
  std::string_view prompt;
  std::string_view model_state;     // of the facts
  std::string_view prompt_state;    // likewise
  const Json* decisions = nullptr;  // the list of ids that an incident names
};

/// Views of the entry's own strings.
[[nodiscard]] DataView view_of(const Entry& entry);

}  // namespace lexecon::chain
