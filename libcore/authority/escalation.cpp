#include "authority/escalation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "policy/graph.hpp"

namespace lexecon::authority {
namespace {

using enum EscalationState;
using Refusal = std::optional<std::string>;

Refusal acknowledge(EscalationStanding& standing, const EscalationStep& /*step*/) {
  if (standing.state != pending) return "acknowledged already";
  standing.state = in_progress;
  return std::nullopt;
}

Refusal assign(EscalationStanding& standing, const EscalationStep& step) {
  if (standing.assigned_to == step.assignee) {
    return "assigned to `" + std::string(step.assignee) + "` already";
  }
  standing.assigned_to = step.assignee;
  if (standing.state == pending) standing.state = in_progress;
  return std::nullopt;
}

Refusal raise(EscalationStanding& standing, const EscalationStep& step) {
  const auto priority = decision::priority_from(step.priority);
  if (!priority || *priority <= standing.priority) {
    return "of priority " + std::string(to_string(standing.priority)) +
           ", and only a higher one can follow";
  }
  standing.priority = *priority;
  return std::nullopt;
}

Refusal breach(EscalationStanding& standing, const EscalationStep& /*step*/) {
  if (standing.is_breached) return "recorded as overdue already";
  standing.is_breached = true;
  return std::nullopt;
}

Refusal answer(EscalationStanding& standing, const EscalationStep& step) {
  if (step.outcome == "approved" || step.outcome == "denied") {
    standing.state = resolved;
  } else if (step.outcome == "deferred") {
    standing.state = in_progress;
  } else if (step.outcome == "escalated_up") {
    standing.state = awaiting_approval;
    ++standing.handed_up;
  } else {
    return "open, and `" + std::string(step.outcome) + "` answers nothing";
  }
  standing.outcome = step.outcome;
  return std::nullopt;
}

Refusal fail(EscalationStanding& standing, const EscalationStep& /*step*/) {
  if (standing.state != awaiting_approval) return "not handed up, so it cannot fail";
  standing.state = failed;
  return std::nullopt;
}

struct Rule {
  std::string_view event_type;
  Refusal (*take)(EscalationStanding&, const EscalationStep&);
};
constexpr std::array<Rule, 6> rules{{{"escalation.acknowledged", acknowledge},
                                     {"escalation.assigned", assign},
                                     {"escalation.raised", raise},
                                     {"escalation.breached", breach},
                                     {"escalation.resolved", answer},
                                     {"escalation.failed", fail}}};

bool hits(const std::vector<std::string>& patterns, const policy::Graph& graph,
          std::string_view action, Timestamp at) {
  policy::Patterns interned;
  for (const auto& pattern : patterns) {
    if (interned.intern(pattern) == policy::any_pattern) return true;
  }
  std::vector<policy::PatternId> found;
  for (const auto name : graph.terms.with_groups(action, policy::files_in_force(graph, at))) {
    interned.append_hits(name, found);
  }
  return !found.empty();
}

}  // namespace

std::string_view to_string(EscalationState state) {
  switch (state) {
    case pending:
      return "pending";
    case in_progress:
      return "in_progress";
    case awaiting_approval:
      return "awaiting_approval";
    case resolved:
      return "resolved";
    case failed:
      return "failed";
  }
  throw Error(ErrorCode::internal, "a state of an escalation without a name");
}

std::optional<EscalationState> escalation_state_from(std::string_view text) {
  for (const auto state : {pending, in_progress, awaiting_approval, resolved, failed}) {
    if (to_string(state) == text) return state;
  }
  return std::nullopt;
}

std::optional<std::string> take(EscalationStanding& standing, const EscalationStep& step) {
  if (!standing.is_open()) return std::string(to_string(standing.state)) + " already";
  for (const auto& rule : rules) {
    if (rule.event_type == step.event_type) return rule.take(standing, step);
  }
  return "open, and `" + std::string(step.event_type) + "` cannot follow";
}

Timestamp due_at(const decision::EscalationConfig& config, decision::Priority priority,
                 Timestamp created_at) {
  return created_at + config.sla_of(priority);
}

decision::EscalationPath path_of(const decision::ActiveSet& set, std::string_view action,
                                 risk::Level level, Timestamp decided_at) {
  for (const auto& path : set.node.escalations.paths) {
    const bool is_level = !path.level || *path.level == level;
    if (is_level &&
        (path.actions.empty() || hits(path.actions, set.policies.graph(), action, decided_at))) {
      return path;
    }
  }
  return {};
}

std::optional<Role> answerer_of(const decision::EscalationPath& path, std::size_t handed_up) {
  if (handed_up >= path.roles.size()) return std::nullopt;
  return role_from(to_string(path.roles[handed_up]));
}

}  // namespace lexecon::authority
