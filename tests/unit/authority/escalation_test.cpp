#include "authority/escalation.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "support/support.hpp"

namespace lexecon::authority {
namespace {

using decision::Answerer;
using decision::Priority;
using enum EscalationState;

const EscalationStep acknowledged{"escalation.acknowledged", {}, {}, {}};
const EscalationStep breached{"escalation.breached", {}, {}, {}};
const EscalationStep failing{"escalation.failed", {}, {}, {}};
EscalationStep assigned(std::string_view to) { return {"escalation.assigned", {}, {}, to}; }
EscalationStep raised(std::string_view to) { return {"escalation.raised", to, {}, {}}; }
EscalationStep answered(std::string_view as) { return {"escalation.resolved", {}, as, {}}; }

EscalationStanding at(EscalationState state) {
  EscalationStanding standing;
  standing.state = state;
  return standing;
}

Timestamp time(std::string_view text) { return entry_time(std::string(text) + ".000000Z").value(); }

/// The moment when one of medium priority is due, to the second.
std::string due(const std::string& span, std::string_view created_at) {
  decision::EscalationConfig config;
  config.sla[static_cast<std::size_t>(Priority::medium)] = parse_span(span).value();
  return to_text_seconds(due_at(config, Priority::medium, time(created_at)));
}

decision::ActiveSet set_with(const std::string& paths) {
  const std::vector<decision::SetFile> files{
      {"node.yaml", "id: a\nescalations: {paths: [" + paths + "]}\n"},
      {"risk.yaml", "{}"},
      {"policies/a.yaml", R"(policy_id: pol_a_v1
effective_until: 2027-01-01T00:00:00Z
terms:
  - {id: action:money, type: action}
  - {id: action:pay, type: action, member_of: [action:money]}
relations: []
)"}};
  return decision::load_set(files);
}

std::vector<Answerer> roles_of(const decision::ActiveSet& set, std::string_view action,
                               risk::Level level, std::string_view when = "2026-06-01T00:00:00") {
  return path_of(set, action, level, time(when)).roles;
}

}  // namespace

TEST_SUITE("authority/escalation") {
  TEST_CASE("which step leads from which state to which") {
    struct Row {
      EscalationStep step;
      // from pending, in_progress, awaiting_approval, resolved, failed; nothing: refused
      std::array<std::optional<EscalationState>, 5> to;
    };
    const auto no = std::optional<EscalationState>();
    for (const auto& row : {
             Row{acknowledged, {in_progress, no, no, no, no}},
             Row{assigned("ann"), {in_progress, in_progress, awaiting_approval, no, no}},
             Row{raised("high"), {pending, in_progress, awaiting_approval, no, no}},
             Row{raised("medium"), {no, no, no, no, no}},
             Row{raised("low"), {no, no, no, no, no}},
             Row{raised("urgent"), {no, no, no, no, no}},
             Row{breached, {pending, in_progress, awaiting_approval, no, no}},
             Row{answered("approved"), {resolved, resolved, resolved, no, no}},
             Row{answered("denied"), {resolved, resolved, resolved, no, no}},
             Row{answered("deferred"), {in_progress, in_progress, in_progress, no, no}},
             Row{answered("escalated_up"),
                 {awaiting_approval, awaiting_approval, awaiting_approval, no, no}},
             Row{answered("maybe"), {no, no, no, no, no}},
             Row{failing, {no, no, failed, no, no}},
             Row{{"escalation.created", "high", {}, {}}, {no, no, no, no, no}},
         }) {
      for (std::size_t i = 0; i < row.to.size(); ++i) {
        const auto from = static_cast<EscalationState>(i);
        CAPTURE(row.step.event_type);
        CAPTURE(to_string(from));
        auto standing = at(from);
        const auto refusal = take(standing, row.step);
        CHECK(refusal.has_value() == !row.to[i].has_value());
        CHECK(standing.state == row.to[i].value_or(from));
        if (refusal) CHECK(standing == at(from));
      }
    }
  }

  TEST_CASE("a step leaves what it says") {
    EscalationStanding standing;
    CHECK_FALSE(take(standing, assigned("ann")));
    CHECK(standing.assigned_to == "ann");
    CHECK(take(standing, assigned("ann")) == "assigned to `ann` already");
    CHECK_FALSE(take(standing, assigned("bob")));
    CHECK(standing.assigned_to == "bob");
    CHECK_FALSE(take(standing, raised("high")));
    CHECK(take(standing, raised("high")) == "of priority high, and only a higher one can follow");
    CHECK_FALSE(take(standing, raised("critical")));
    CHECK(standing.priority == Priority::critical);
    CHECK_FALSE(take(standing, breached));
    CHECK(take(standing, breached) == "recorded as overdue already");
    CHECK_FALSE(take(standing, answered("escalated_up")));
    CHECK_FALSE(take(standing, answered("deferred")));
    CHECK(standing.handed_up == 1);
    CHECK(standing.is_open());
    CHECK(take(standing, failing) == "not handed up, so it cannot fail");
    CHECK_FALSE(take(standing, answered("escalated_up")));
    CHECK(standing.handed_up == 2);
    CHECK_FALSE(take(standing, answered("denied")));
    CHECK(standing.outcome == "denied");
    CHECK(standing.is_breached);
    CHECK_FALSE(standing.is_open());
    CHECK(take(standing, breached) == "resolved already");
  }

  TEST_CASE("states have names") {
    for (const auto state : {pending, in_progress, awaiting_approval, resolved, failed}) {
      CHECK(escalation_state_from(to_string(state)) == state);
    }
    CHECK_FALSE(escalation_state_from("open"));
  }

  TEST_CASE("an answer is due by the calendar, in UTC") {
    CHECK(due("8h", "2026-03-29T00:30:00") == "2026-03-29T08:30:00Z");  // clocks change in Europe
    CHECK(due("24h", "2024-02-28T12:00:00") == "2024-02-29T12:00:00Z");
    CHECK(due("24h", "2026-02-28T12:00:00") == "2026-03-01T12:00:00Z");
    CHECK(due("1mo", "2026-01-31T09:00:00") == "2026-02-28T09:00:00Z");
    CHECK(due("1mo", "2024-01-31T09:00:00") == "2024-02-29T09:00:00Z");
    CHECK(due("6mo", "2026-08-31T23:59:59") == "2027-02-28T23:59:59Z");
    CHECK(due("1y", "2024-02-29T00:00:00") == "2025-02-28T00:00:00Z");
    CHECK(due("365d", "2024-02-29T00:00:00") == "2025-02-28T00:00:00Z");
    CHECK(due("2h", "2026-12-31T23:00:00") == "2027-01-01T01:00:00Z");
  }

  TEST_CASE("each priority has its own time, and a higher one is due no later") {
    const decision::EscalationConfig config;
    const auto created = time("2026-06-01T00:00:00");
    const auto of = [&](Priority priority) {
      return to_text_seconds(due_at(config, priority, created));
    };
    CHECK(of(Priority::critical) == "2026-06-01T02:00:00Z");
    CHECK(of(Priority::high) == "2026-06-01T08:00:00Z");
    CHECK(of(Priority::medium) == "2026-06-02T00:00:00Z");
    CHECK(of(Priority::low) == "2026-06-04T00:00:00Z");
  }

  TEST_CASE("the first path that matches by level and action says who answers") {
    using Roles = std::vector<Answerer>;
    const Roles both{Answerer::compliance_officer, Answerer::admin};
    const Roles admin{Answerer::admin};
    const Roles officer{Answerer::compliance_officer};
    const auto set = set_with(
        "{level: high, actions: [\"action:git:*\", action:drop], roles: [admin]},"
        "{actions: [action:money], roles: [compliance_officer]},"
        "{level: critical, roles: [admin]}");
    using enum risk::Level;
    CHECK(roles_of(set, "action:git:push", high) == admin);
    CHECK(roles_of(set, "action:drop", high) == admin);
    CHECK(roles_of(set, "action:dropped", high) == both);
    CHECK(roles_of(set, "action:git:push", medium) == both);
    CHECK(roles_of(set, "action:pay", high) == officer);
    CHECK(roles_of(set, "action:money", unknown) == officer);
    CHECK(roles_of(set, "action:pay", high, "2027-01-01T00:00:00") == both);
    CHECK(roles_of(set, "action:pay", critical) == officer);
    CHECK(roles_of(set, "action:read", critical) == admin);
    CHECK(roles_of(set_with(""), "action:read", critical) == both);
    CHECK(roles_of(set_with("{actions: [\"*\"], roles: [admin]}"), "action:read", low) == admin);
  }

  TEST_CASE("whoever stands above the last role does not exist") {
    const decision::EscalationPath path;
    CHECK(answerer_of(path, 0) == Role::compliance_officer);
    CHECK(answerer_of(path, 1) == Role::admin);
    CHECK_FALSE(answerer_of(path, 2));
  }
}

}  // namespace lexecon::authority
