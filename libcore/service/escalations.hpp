// Escalations and who is to answer them: read with the rules of the set that judged the decision, taken up,
// assigned, raised, and held against their time.
//
// Shapes   whatever happens to an overdue escalation, its breach is on record first, once. A breach answers
//          nothing
// Errors   Error{not_found} for an unknown id; Error{bad_input} for what cannot follow; nothing is recorded
//          then
// Source   lexecon-ledger(5), Escalations; lexecon-node(5), Escalations
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "authority/operators.hpp"
#include "oversight/escalations.hpp"
#include "service/act.hpp"
#include "service/decide.hpp"

namespace lexecon::service {

/// An escalation, its decision, and what the set that judged it says of both.
struct Case {
  oversight::Escalation escalation;
  Decision decision;
  const decision::ActiveSet* set = nullptr;  // of the reader
  decision::EscalationPath path;
  Timestamp due_at;

  [[nodiscard]] const std::string& id() const { return escalation.opened.escalation_id; }
  [[nodiscard]] bool is_overdue(Timestamp now) const {
    return escalation.standing.is_open() && now >= due_at;
  }
  /// The least role that may answer now; nothing once it is closed.
  [[nodiscard]] std::optional<authority::Role> answerer() const;
};

/// Reads cases, and each set once. `database` must outlive it, and it the cases.
class CaseReader {
 public:
  explicit CaseReader(store::Database& database) : database_(database) {}
  [[nodiscard]] Case read(oversight::Escalation escalation);
  /// By the id of the escalation or of its decision.
  [[nodiscard]] Case find(const std::string& id);

 private:
  [[nodiscard]] const decision::ActiveSet& set_of(const Decision& decision);

  store::Database& database_;
  std::map<std::string, decision::ActiveSet> sets_;  // by hash
};

/// Why the operator may not answer a case as long as it stands as it does; nothing: they may.
[[nodiscard]] std::optional<std::string> unfit_for(const Case& subject,
                                                   const authority::Operators& operators,
                                                   const authority::Operator& as);

struct EscalationFilter {
  std::optional<std::string> actor;
  std::optional<std::string> tenant;
  std::optional<authority::EscalationState> state;
  std::optional<decision::Priority> priority;
  std::optional<std::string> assigned_to;
  std::optional<Timestamp> from;  // of its opening, inclusive
  std::optional<Timestamp> to;    // exclusive
  std::optional<std::uint64_t> limit;
  bool overdue = false;  // only those
  bool reverse = false;
};
/// The documents lexecon.escalation/1, oldest first unless reverse.
void each_escalation(const Node& node, const EscalationFilter& filter, Timestamp now,
                     const std::function<void(const Json&)>& visit);

/// What was recorded, as lexecon.escalation_change/1.
[[nodiscard]] Json acknowledge_escalation(const Node& node, const std::string& id,
                                          const std::optional<std::string>& assignee,
                                          Session& session);
[[nodiscard]] Json raise_escalation(const Node& node, const std::string& id,
                                    decision::Priority priority, Session& session);

/// Appends the breach of an overdue case that has none on record. Part of every act on one.
void record_breach(Act& act, const Node& node, const Case& subject,
                   std::vector<ledger::Appended>& appended);

/// The open escalations and which of them are overdue, as lexecon.escalation_sla/1; with `record` each
/// breach is put on record that is not.
[[nodiscard]] Json escalation_sla(const Node& node, bool record, Session& session);

/// The document lexecon.escalation/1.
[[nodiscard]] Json to_json(const Case& subject, Timestamp now);

}  // namespace lexecon::service
