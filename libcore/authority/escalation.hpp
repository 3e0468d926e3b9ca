// Where an escalation stands and what may follow: the one rule of who writes it, who projects it and
// who verifies it.
//
// Shapes   pending -> in_progress -> awaiting_approval -> resolved | failed. Acknowledged or assigned it
//          is in progress, handed up it awaits approval, deferred it is in progress again; approved and
//          denied resolve it; it fails when it was handed up and nobody stands above
// Units    it is overdue from created_at + SLA of its priority on; the clock never starts again
// Source   lexecon-ledger(5), Escalations; lexecon-node(5), Escalations
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "authority/operators.hpp"
#include "base/time.hpp"
#include "decision/active_set.hpp"
#include "decision/escalation_config.hpp"

namespace lexecon::authority {

enum class EscalationState : std::uint8_t {
  pending,
  in_progress,
  awaiting_approval,
  resolved,
  failed,
};
[[nodiscard]] std::string_view to_string(EscalationState state);
[[nodiscard]] std::optional<EscalationState> escalation_state_from(std::string_view text);

struct EscalationStanding {
  EscalationState state = EscalationState::pending;
  decision::Priority priority = decision::Priority::medium;
  std::optional<std::string> outcome;  // of the last answer, which need not have resolved it
  std::optional<std::string> assigned_to;
  std::size_t handed_up = 0;  // how often
  bool is_breached = false;   // on record

  [[nodiscard]] bool is_open() const {
    return state != EscalationState::resolved && state != EscalationState::failed;
  }
  friend bool operator==(const EscalationStanding&, const EscalationStanding&) = default;
};

/// An entry escalation.*, as far as the rule reads it; what it has not is empty.
struct EscalationStep {
  std::string_view event_type;
  std::string_view priority;
  std::string_view outcome;
  std::string_view assignee;
};

/// Takes the step, or says why it cannot follow and leaves all as it was. The sentence begins with
/// what the escalation is or was: "resolved already".
[[nodiscard]] std::optional<std::string> take(EscalationStanding& standing,
                                              const EscalationStep& step);

[[nodiscard]] Timestamp due_at(const decision::EscalationConfig& config,
                               decision::Priority priority, Timestamp created_at);
/// The first path of the set that matches, else that of compliance officers and then admins.
[[nodiscard]] decision::EscalationPath path_of(const decision::ActiveSet& set,
                                               std::string_view action, risk::Level level,
                                               Timestamp decided_at);
/// Who may answer, that role or one above it; nothing when it was handed up beyond the last one.
[[nodiscard]] std::optional<Role> answerer_of(const decision::EscalationPath& path,
                                              std::size_t handed_up);

}  // namespace lexecon::authority
