// Responsibility for decisions: assigned, shown with its history, listed, counted.
//
// Shapes   the newest assignment of a decision is in force. An operator is a person; so is an actor whose id
//          says `human`. A review is overdue from its time on, until a newer assignment
// Errors   those of service/approval; Error{bad_input} for what no assignment may say; Error{not_found} for an
//          unknown decision; nothing is recorded then
// Source   lexecon-responsibility-assign(1)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authority/responsibility.hpp"
#include "json/json.hpp"
#include "service/approval.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

/// Records it, under an id of its own. The documents are lexecon.assignment/1.
[[nodiscard]] Json assign_responsibility(const Node& node, authority::Assignment assignment,
                                         const std::optional<std::string>& reasoning,
                                         const std::optional<Signatory>& signatory,
                                         Session& session);
/// lexecon.responsibility/1: what the decision says itself, and every assignment, oldest first.
[[nodiscard]] Json show_responsibility(const Node& node, const std::string& decision_id,
                                       Timestamp now);

struct ResponsibilityFilter {
  std::optional<std::string> decision_id = {};
  std::optional<std::string> tenant = {};
  std::optional<std::string> responsible = {};
  std::optional<std::string> maker = {};
  std::optional<std::string> level = {};
  std::optional<Timestamp> from = {};   // of the assignment, inclusive
  std::optional<Timestamp> to = {};     // exclusive
  std::optional<Span> due_within = {};  // only in force, due until then; no time at all: overdue
  std::optional<std::uint64_t> limit = {};
  bool reverse = false;
};
struct ResponsibilityList {
  std::vector<Json> assignments;  // oldest first unless reverse
  bool overdue = false;           // one that passes is, beyond the limit too
};
[[nodiscard]] ResponsibilityList list_responsibilities(const Node& node,
                                                       const ResponsibilityFilter& filter,
                                                       Timestamp now);

/// lexecon.responsibility_report/1, of the assignments and the decisions from one time to another.
[[nodiscard]] Json report_responsibilities(const Node& node, std::optional<Timestamp> from,
                                           std::optional<Timestamp> to, Timestamp now);

}  // namespace lexecon::service
