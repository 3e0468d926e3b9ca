// What became of a decision, told to a use case by the rule that verifiers have.
//
// Shapes   told by entries, each hashed again, never by rows
// Errors   Error{integrity} when the entries contradict themselves
// Source   lexecon-ledger(5), Event data
#pragma once

#include <memory>
#include <string>

#include "authority/decision_story.hpp"
#include "service/act.hpp"
#include "service/decisions.hpp"

namespace lexecon::service {

struct Story {
  std::unique_ptr<authority::People> people;  // whom the story refers to
  Decision decision;
  authority::DecisionStory told;
};
[[nodiscard]] Story story_of(store::Database& database, const std::string& decision_id);

/// Throws Error{bad_input} with what is wrong unless the draft may follow now.
void require_next(const Story& story, const ledger::Draft& draft, const Act& act);

}  // namespace lexecon::service
