// Overrides: what people put in the place of a verdict; the verdict stays on record as it was.
//
// Shapes   override.created {decision_id, expires_at, new_outcome, override_id, relations, scope, type}; the
//          justification is sealed; a denial revokes the decision's tokens in the same transaction
// Errors   those of service/act and service/approval; Error{bad_input} where an override changes nothing, or
//          would not do what it says; Error{not_found}
// Source   lexecon-override-create(1); lexecon-ledger(5), Overrides
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/overrides.hpp"
#include "json/fwd.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct NewOverride {
  std::string decision_id;
  std::string type;
  authority::OverrideScope scope = authority::OverrideScope::single_decision;
  bool approves = true;
  std::vector<std::string> relations = {};  // empty: those that stood against the decision
  std::string justification;
  std::optional<Timestamp> expires_at = {};  // nothing: approval_ttl of the set in force
};

enum class OverrideState : std::uint8_t { in_force, expired, used, revoked, waiting, enacted };
[[nodiscard]] std::string_view to_string(OverrideState state);

/// An override on record, told by entries alone.
struct Override {
  chain::Entry entry;
  Hash entry_hash;
  authority::Override made;
  std::string original_outcome;
  std::string original_reason;
  std::optional<std::string> justification;  // nothing once it was erased
  OverrideState state = OverrideState::in_force;
  std::optional<std::uint64_t> ended_seq;  // the entry that used, revoked or enacted it
  std::vector<std::string> decisions;      // whose facts list it, or a token of them
};

struct NewlyMade {
  Override made;
  std::vector<std::string> revoked;  // tokens, by jti
};
[[nodiscard]] NewlyMade create_override(const Node& node, const NewOverride& added,
                                        const std::optional<Signatory>& signatory,
                                        Session& session);

struct OverrideFilter {
  std::optional<std::string> type = {};
  std::optional<authority::OverrideScope> scope = {};
  std::optional<std::string> decision_id = {};
  std::optional<std::string> tenant = {};
  std::optional<std::string> actor = {};
  std::optional<Timestamp> from = {};  // inclusive
  std::optional<Timestamp> to = {};    // exclusive
  std::optional<std::uint64_t> limit = {};
  bool in_force = false;
  bool reverse = false;
};
/// What passes, oldest first unless reverse, as it stands at `now`.
[[nodiscard]] std::vector<Override> list_overrides(const Node& node, const OverrideFilter& filter,
                                                   Timestamp now);
[[nodiscard]] Override show_override(const Node& node, const std::string& id, Timestamp now);
/// Throws unless an activation may enact it.
void require_enactable(store::Database& database, const std::string& id);

/// lexecon.override/1
[[nodiscard]] Json to_json(const Override& override_on_record);
/// The same with what else was done.
[[nodiscard]] Json to_json(const NewlyMade& made);

}  // namespace lexecon::service
