#include "package/receipt_check.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "json/json.hpp"

namespace lexecon::package {
namespace {

using findings::CheckStatus;

Json checks_of(const ReceiptCheck& check) {
  Json checks = Json::array();
  for (const auto& [result, where] : check.checks) {
    checks.push_back({{"name", result.name},
                      {"status", to_string(result.status)},
                      {"items", result.items},
                      {"where", where},
                      {"detail", result.detail}});
  }
  return checks;
}

/// What the entry says; of a decision also what was decided.
Json entry_of(const ReceiptCheck& check) {
  if (!check.entry) return {};
  const auto& entry = *check.entry;
  Json out{{"entry_id", chain::entry_id(entry.seq)},
           {"entry_hash", check.entry_hash->hex()},
           {"event_type", entry.event_type},
           {"actor", entry.actor},
           {"seq", entry.seq},
           {"timestamp", to_text(entry.timestamp)}};
  for (const auto* name : {"decision_id", "action", "resource", "outcome"}) {
    out[name] = entry.data.value(name, Json());
  }
  return out;
}

Json tree_of(const std::optional<chain::Checkpoint>& checkpoint) {
  if (!checkpoint) return {};
  return {{"origin", checkpoint->origin},
          {"tree_size", checkpoint->tree_size},
          {"root_hash", checkpoint->root.hex()}};
}

Json acta_of(const std::optional<ActaReceipt>& acta) {
  if (!acta) return {};
  return {{"kid", acta->kid}, {"payload", acta->payload}, {"unsigned", acta->unsigned_members}};
}

}  // namespace

std::string_view to_string(ReceiptFormat format) {
  switch (format) {
    case ReceiptFormat::lexecon:
      return "lexecon";
    case ReceiptFormat::acta:
      return "acta";
  }
  throw Error(ErrorCode::internal, "a receipt of no kind");
}

const ReceiptCheck::Check* ReceiptCheck::fault() const {
  const auto found = std::find_if(checks.begin(), checks.end(), [](const Check& check) {
    return check.result.status == CheckStatus::fail;
  });
  return found == checks.end() ? nullptr : &*found;
}

bool ReceiptCheck::run(const char* name, const std::string& where,
                       const std::function<void()>& check) {
  Check made{{name, CheckStatus::pass, 1, {}}, where};
  try {
    check();
  } catch (const Error& error) {
    made.result.status = CheckStatus::fail;
    made.result.detail = error.message();
    if (error.where().starts_with('/')) made.where += error.where();
  }
  checks.push_back(std::move(made));
  return checks.back().result.status == CheckStatus::pass;
}

bool ReceiptCheck::run_if(bool can, const char* name, const char* where,
                          const std::function<void()>& check) {
  if (can) return run(name, where, check);
  leave_out(name, where, "not_read");
  return false;
}

void ReceiptCheck::leave_out(const char* name, const char* where, const char* why) {
  checks.push_back({{name, CheckStatus::not_run, 0, why}, where});
}

Json to_json(const ReceiptCheck& check) {
  return {{"schema", "lexecon.receipt_check/1"},
          {"verdict", to_string(check.verdict)},
          {"cause", check.cause ? Json(*check.cause) : Json()},
          {"format", check.format ? Json(to_string(*check.format)) : Json()},
          {"entry", entry_of(check)},
          {"tree", tree_of(check.checkpoint)},
          {"acta", acta_of(check.acta)},
          {"signed_by", check.signed_by ? Json(check.signed_by->kid()) : Json()},
          {"checks", checks_of(check)}};
}

}  // namespace lexecon::package
