// What became of one decision, told by the entries that name it: escalation, confirmations, overrides, tokens.
//
// Shapes   the story of one decision id, its entries in order of seq
// Errors   a fault is an answer; the entries have their shapes
// Source   lexecon-ledger(5), Event data, Approvals; lexecon-token(5)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/approval.hpp"
#include "authority/escalation.hpp"
#include "authority/operators.hpp"
#include "authority/overrides.hpp"
#include "authority/registrations.hpp"
#include "authority/stops.hpp"
#include "chain/entry.hpp"
#include "decision/facts.hpp"

namespace lexecon::authority {

/// What people did that holds for the whole log.
struct People {
  Operators operators;
  Stops stops;
  Overrides overrides = {};
  Registrations registrations = {};
};

class DecisionStory {
 public:
  /// `people` must outlive the story, and may know more entries than the story was told.
  explicit DecisionStory(const People& people) : people_(&people) {}

  /// What is wrong with the entry; then the story is as before.
  Fault take(const chain::Entry& entry, const Hash& hash);

  /// What approves the request at that time, as the judge is given it.
  [[nodiscard]] decision::Facts facts(Timestamp at) const;
  /// Why no token can be issued at that time, whatever the judge would say.
  [[nodiscard]] Fault token_fault(Timestamp at) const;
  [[nodiscard]] const EscalationStanding* escalation() const {
    return escalation_ ? &escalation_->standing : nullptr;
  }
  /// An answer that still counts at that time: people's, or for a day that of the decision itself.
  [[nodiscard]] bool is_approved(Timestamp at) const;
  /// An answer of people that ended the matter: a denial.
  [[nodiscard]] bool is_refused() const { return is_refused_; }
  /// What was decided on; empty before it was.
  [[nodiscard]] const Coverage& asked() const { return asked_; }
  /// A token was issued on what people approved.
  [[nodiscard]] bool is_spent() const { return is_spent_; }

 private:
  /// An entry that approves the request, until it expires or a token uses it up.
  struct Approving {
    decision::Approval approval;
    std::optional<Timestamp> expires_at;
    std::optional<decision::Exception> exception;  // of an override
  };
  struct Escalation {
    std::string id;
    Hash hash;
    EscalationStanding standing;
  };
  Fault decide(const chain::Entry& entry, const Hash& hash);
  Fault issue(const chain::Entry& entry);
  Fault pass(const chain::Entry& entry) const;
  /// The facts of an entry that rests on what people approved are exactly that.
  [[nodiscard]] Fault facts_fault(const chain::Entry& entry, const std::string& what) const;
  Fault escalate(const chain::Entry& entry, const Hash& hash);
  Fault name_escalation(const chain::Entry& entry);
  Fault confirm(const chain::Entry& entry);
  Fault replace(const chain::Entry& entry);
  Fault assign(const chain::Entry& entry);
  [[nodiscard]] Fault approval_fault(const chain::Entry& entry) const;

  const People* people_;
  std::string id_;
  Hash hash_;
  Coverage asked_;
  std::string outcome_;
  Timestamp at_;
  std::vector<std::string> owners_;
  std::vector<std::string> unmet_;
  std::optional<Escalation> escalation_;
  std::vector<Approving> approving_;
  bool has_token_ = false;        // the one that takes no approval of people
  bool is_answered_for_ = false;  // somebody signed an assignment of responsibility
  bool is_refused_ = false;
  bool is_spent_ = false;
};

}  // namespace lexecon::authority
