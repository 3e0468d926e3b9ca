// What a gate asks beside the judge: files that were pinned, and receipts of decisions made elsewhere.
//
// Shapes   a check that saw nothing is not_run; one that failed names the first thing that did not hold
// Errors   what does not hold is an answer
// Source   lexecon-gate(1); lexecon-ledger(5), Gates
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chain/entry.hpp"
#include "decision/request.hpp"
#include "findings/verdict.hpp"
#include "json/json.hpp"
#include "package/receipt.hpp"

namespace lexecon::package {

/// A file that must have that digest.
struct PinnedFile {
  std::string name;
  Hash expected;
  std::optional<Hash> seen;  // nothing: it could not be read
};
/// A file that must be a receipt of an approval.
struct GivenReceipt {
  std::string name;
  std::optional<std::string> bytes;  // nothing: it could not be read
};

enum class GateOutcome : std::uint8_t { passed, refused, undecided, conditional, nothing_to_check };
[[nodiscard]] std::string_view to_string(GateOutcome outcome);

struct GateAnswer {
  GateOutcome outcome = GateOutcome::refused;
  std::string reason = {};                         // one line: what decided
  std::vector<findings::CheckResult> checks = {};  // by name
  std::string actor = {};
  std::string action = {};
  std::optional<std::string> resource = {};
  std::optional<std::string> judged = {};  // the outcome now; nothing without a node
  std::optional<std::string> decision_id = {};
  std::optional<std::string> escalation_id = {};
  bool replayed = false;                  // the decision was on record before
  std::optional<std::uint64_t> seq = {};  // of gate.checked; nothing without a node
  std::optional<Hash> entry_hash = {};
  Timestamp at = {};
};
/// The document lexecon.gate/1.
[[nodiscard]] Json to_json(const GateAnswer& answer);

/// How a decision's entry differs from what is asked now; nothing when both ask the same.
[[nodiscard]] std::optional<std::string> difference(const decision::Request& asked,
                                                    const Json& decision_data);

[[nodiscard]] findings::CheckResult check_pins(std::span<const PinnedFile> pins);

struct ReceiptRules {
  std::vector<crypto::Pin> trusted;  // one of them must have signed
  std::int64_t max_age_micros = 0;
  /// The entry of a decision in the log that has this key; none without a node. An ACTA receipt says
  /// neither for whom nor on what, so it counts only where its decision can be looked up.
  std::function<std::optional<chain::Entry>(const std::string& decision_id,
                                            const crypto::PublicKey& key)>
      on_record = {};
};
struct ReceiptsFound {
  findings::CheckResult result;
  std::vector<chain::Entry> approvals;  // of the receipts that hold
  std::vector<Hash> entries;  // the hashes of all that could be read; ascending, each once
};
/// Each must be of an approved decision for exactly this request.
[[nodiscard]] ReceiptsFound check_receipts(std::span<const GivenReceipt> receipts,
                                           const ReceiptRules& rules,
                                           const decision::Request& asked, Timestamp now);

/// The answer of a gate that has no node: receipts alone allow, and nothing is recorded.
[[nodiscard]] GateAnswer gate_by_receipts(const decision::Request& asked,
                                          std::span<const PinnedFile> pins,
                                          std::span<const GivenReceipt> receipts,
                                          const ReceiptRules& rules, Timestamp now);

}  // namespace lexecon::package
