// One question before something goes out: policy, registry, pinned files, approvals and receipts at once.
//
// Shapes   one transaction: the decision, unless it is on record already, and `gate.checked`
// Errors   those of service/decide; Error{bad_input} for a decision on another request; Error{not_found}
//          for one whose request was erased
// Source   lexecon-gate(1); lexecon-ledger(5), Gates
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "package/gate.hpp"
#include "service/node.hpp"
#include "service/session.hpp"

namespace lexecon::service {

struct GateQuestion {
  decision::Request request;
  std::optional<std::string> decision_id;  // on record, for this very request: decides in its place
  bool require_approval = false;           // by people, unexpired
  std::vector<package::PinnedFile> pins;
  std::vector<package::GivenReceipt> receipts;
  package::ReceiptRules rules;
};

[[nodiscard]] package::GateAnswer gate(const Node& node, const GateQuestion& question,
                                       Session& session);

}  // namespace lexecon::service
