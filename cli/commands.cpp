#include "commands.hpp"

#include <array>

namespace lexecon::cli {

std::span<const Command* const> all_commands() {
  static const std::array commands{
      &init,
      &status,
      &metrics,
      &doctor,
      &env,
      &decide,
      &decision_show,
      &decision_list,
      &decision_wait,
      &decision_confirm,
      &escalation_list,
      &escalation_show,
      &escalation_ack,
      &escalation_raise,
      &escalation_resolve,
      &escalation_sla,
      &policy_show,
      &policy_list,
      &policy_hash,
      &policy_activate,
      &policy_rollback,
      &policy_eval,
      &policy_explain,
      &policy_lint,
      &policy_test,
      &policy_fmt,
      &policy_schema,
      &token_issue,
      &token_verify,
      &token_revoke,
      &token_inspect,
      &token_list,
      &risk_assess,
      &risk_show,
      &risk_list,
      &risk_model,
      &evidence_add,
      &evidence_get,
      &evidence_list,
      &evidence_show,
      &evidence_link,
      &evidence_verify,
      &responsibility_assign,
      &responsibility_show,
      &responsibility_list,
      &responsibility_report,
      &operator_add,
      &operator_list,
      &operator_rotate,
      &operator_revoke,
      &override_create,
      &override_list,
      &override_show,
      &oversight_stop,
      &oversight_resume,
      &oversight_intervene,
      &oversight_report,
      &hold_place,
      &hold_release,
      &hold_list,
      &retention_status,
      &retention_apply,
      &key_show,
      &key_rotate,
      &key_passwd,
      &recover,
      &ledger_verify,
      &ledger_log,
      &ledger_show,
      &ledger_stats,
      &ledger_checkpoint,
      &ledger_prove,
      &ledger_rebuild,
      &ledger_watch,
      &receipt_make,
      &receipt_verify,
      &export_command,
      &privacy_export,
      &privacy_erase,
      &backup,
      &restore,
      &gate,
      &hook_install,
      &hook_uninstall,
      &hook_run,
      &hook_audit,
      &completion,
      &help,
      &version,
  };
  return commands;
}

std::string_view group_summary(std::string_view group) {
  struct Group {
    std::string_view name;
    std::string_view summary;
  };
  static constexpr std::array<Group, 18> groups{{
      {"decision", "Decisions on record"},
      {"escalation", "What waits for people, until when, and for whom"},
      {"policy", "The policy set in force, its history, and tools for authors"},
      {"token", "Capability tokens: what an approval is worth"},
      {"responsibility", "Who answers for decisions, and whose review is due"},
      {"risk", "What requests score, and the model that scores them"},
      {"evidence", "Files and entries that prove something, and what they are for"},
      {"operator", "The people who may sign, and their keys"},
      {"override", "Other outcomes that people put in the place of decisions"},
      {"oversight", "People over the machine: stops and interventions"},
      {"hold", "Sealed content that nobody may erase for now"},
      {"retention", "How long sealed content is kept, and the end of that"},
      {"privacy", "What is held about somebody, and its erasure"},
      {"receipt", "One entry with its proof, in a file"},
      {"key", "The keys of the node"},
      {"ledger", "The signed record of everything that was decided"},
      {"receipt", "Single entries with their proofs, for whoever has no node"},
      {"hook", "Hooks that ask the node before a push goes through or a tool runs"},
  }};
  for (const auto& each : groups) {
    if (each.name == group) return each.summary;
  }
  return {};
}

}  // namespace lexecon::cli
