#include "package/gate.hpp"

#include <algorithm>
#include <utility>

#include "json/json.hpp"

namespace lexecon::package {
namespace {

using findings::CheckResult;
using findings::CheckStatus;
using findings::Verdict;

constexpr std::int64_t clock_slack_micros = 60'000'000;  // as much as a ledger's clock may lag

/// A check of so many things, the first of which that does not hold has `fault`.
CheckResult result_of(const char* name, std::size_t items, std::string fault) {
  CheckResult result{name, CheckStatus::pass, items, std::move(fault)};
  if (items == 0) {
    result.status = CheckStatus::not_run;
    result.detail = "none";
  } else if (!result.detail.empty()) {
    result.status = CheckStatus::fail;
  }
  return result;
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

// SECURITY: the receipt and the entry say the same, to the last member, or the receipt is of nothing.
std::optional<std::string> look_up(ReceiptCheck& check, const ReceiptRules& rules) {
  const auto& receipt = *check.acta;
  if (!rules.on_record) {
    return "an ACTA receipt says neither for whom nor on what: only the node of its log can tell";
  }
  if (!is_ours(receipt)) return "an ACTA receipt of another issuer is of no decision on record";
  const auto& id = receipt.payload.at("action_ref").get_ref<const std::string&>();
  auto entry = rules.on_record(id, *check.signed_by);
  if (!entry || acta_payload(*entry, receipt.kid) != receipt.payload) {
    return "this log does not have its decision";
  }
  check.entry_hash = chain::entry_hash(chain::to_bytes(*entry));
  check.entry = std::move(entry);
  return std::nullopt;
}

std::optional<std::string> approval_fault(ReceiptCheck& check, const decision::Request& asked,
                                          const ReceiptRules& rules, Timestamp now) {
  if (const auto* fault = check.fault()) return "invalid: " + fault->result.detail;
  if (check.verdict != Verdict::valid) return check.cause.value_or("undecidable");
  if (check.acta) {
    if (auto fault = look_up(check, rules)) return fault;
  }
  const auto& entry = *check.entry;
  if (entry.event_type != "decision") return "of " + entry.event_type + ", not of a decision";
  const auto& outcome = entry.data.at("outcome").get_ref<const std::string&>();
  if (outcome != "approved") return "of a decision that is " + outcome;
  if (const auto other = difference(asked, entry.data)) return "for another request: " + *other;
  const auto age = now.micros - entry.timestamp.micros;
  if (age >= rules.max_age_micros) return "too old, of " + to_text(entry.timestamp);
  if (age < -clock_slack_micros) return "of the future, " + to_text(entry.timestamp);
  return std::nullopt;
}

Json checks_of(const std::vector<CheckResult>& checks) {
  Json out = Json::array();
  for (const auto& check : checks) {
    out.push_back({{"name", check.name},
                   {"status", to_string(check.status)},
                   {"items", check.items},
                   {"detail", check.detail}});
  }
  return out;
}

}  // namespace

std::string_view to_string(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::passed:
      return "passed";
    case GateOutcome::refused:
      return "refused";
    case GateOutcome::undecided:
      return "undecided";
    case GateOutcome::conditional:
      return "conditional";
    case GateOutcome::nothing_to_check:
      return "nothing_to_check";
  }
  return "refused";
}

std::optional<std::string> difference(const decision::Request& asked, const Json& decision_data) {
  const std::pair<const char*, Json> members[] = {
      {"actor", asked.actor},
      {"action", asked.action},
      {"resource", or_null(asked.resource)},
      {"tool", or_null(asked.tool)},
      {"data_classes", asked.data_classes},
      {"model", or_null(asked.model)},
      {"prompt", or_null(asked.prompt)},
      {"tenant", or_null(asked.tenant)},
  };
  for (const auto& [name, wanted] : members) {
    if (decision_data.at(name) != wanted) return "its " + std::string(name) + " is another";
  }
  return std::nullopt;
}

CheckResult check_pins(std::span<const PinnedFile> pins) {
  std::string fault;
  for (const auto& pin : pins) {
    if (!fault.empty()) break;
    if (!pin.seen) {
      fault = "`" + pin.name + "` cannot be read";
    } else if (*pin.seen != pin.expected) {
      fault = "`" + pin.name + "` is " + pin.seen->hex();
    }
  }
  return result_of("pins", pins.size(), std::move(fault));
}

ReceiptsFound check_receipts(std::span<const GivenReceipt> receipts, const ReceiptRules& rules,
                             const decision::Request& asked, Timestamp now) {
  ReceiptsFound found;
  std::string fault;
  for (const auto& given : receipts) {
    auto check = given.bytes ? check_receipt(*given.bytes, rules.trusted) : ReceiptCheck();
    const auto wrong = given.bytes ? approval_fault(check, asked, rules, now)
                                   : std::optional<std::string>("it cannot be read");
    if (check.entry_hash) found.entries.push_back(*check.entry_hash);
    if (!wrong) {
      found.approvals.push_back(*check.entry);
    } else if (fault.empty()) {
      fault = "the receipt `" + given.name + "` does not count: " + *wrong;
    }
  }
  std::sort(found.entries.begin(), found.entries.end());
  found.entries.erase(std::unique(found.entries.begin(), found.entries.end()), found.entries.end());
  found.result = result_of("receipts", receipts.size(), std::move(fault));
  return found;
}

GateAnswer gate_by_receipts(const decision::Request& asked, std::span<const PinnedFile> pins,
                            std::span<const GivenReceipt> receipts, const ReceiptRules& rules,
                            Timestamp now) {
  auto found = check_receipts(receipts, rules, asked, now);
  GateAnswer answer{.checks = {check_pins(pins), std::move(found.result)},
                    .actor = asked.actor,
                    .action = asked.action,
                    .resource = asked.resource,
                    .at = now};
  const auto& checks = answer.checks;
  const auto failed = std::find_if(checks.begin(), checks.end(), [](const CheckResult& check) {
    return check.status == CheckStatus::fail;
  });
  if (failed != checks.end()) {
    answer.reason = failed->detail;
  } else if (receipts.empty()) {
    // SECURITY: files that are what they should be allow nothing.
    answer.outcome = GateOutcome::nothing_to_check;
    answer.reason = "neither a node nor a receipt was given";
  } else {
    answer.outcome = GateOutcome::passed;
    answer.decision_id = found.approvals.front().data.at("decision_id").get<std::string>();
    answer.reason = "approved by receipt";
  }
  return answer;
}

Json to_json(const GateAnswer& answer) {
  return {{"schema", "lexecon.gate/1"},
          {"outcome", to_string(answer.outcome)},
          {"reason", answer.reason},
          {"actor", answer.actor},
          {"action", answer.action},
          {"resource", or_null(answer.resource)},
          {"checks", checks_of(answer.checks)},
          {"judged", or_null(answer.judged)},
          {"decision_id", or_null(answer.decision_id)},
          {"escalation_id", or_null(answer.escalation_id)},
          {"replayed", answer.replayed},
          {"recorded", answer.seq.has_value()},
          {"seq", answer.seq ? Json(*answer.seq) : Json()},
          {"ledger_entry_id", answer.seq ? Json(chain::entry_id(*answer.seq)) : Json()},
          {"entry_hash", answer.entry_hash ? Json(answer.entry_hash->hex()) : Json()},
          {"timestamp", to_text(answer.at)}};
}

}  // namespace lexecon::package
