// The table of contents: every command, once.
#pragma once

#include <span>
#include <string_view>

#include "command.hpp"

namespace lexecon::cli {

extern const Command init;
extern const Command status;
extern const Command metrics;
extern const Command doctor;
extern const Command env;
extern const Command decide;
extern const Command decision_show;
extern const Command decision_list;
extern const Command decision_wait;
extern const Command decision_confirm;
extern const Command escalation_list;
extern const Command escalation_show;
extern const Command escalation_ack;
extern const Command escalation_raise;
extern const Command escalation_resolve;
extern const Command escalation_sla;
extern const Command policy_show;
extern const Command policy_list;
extern const Command policy_hash;
extern const Command policy_diff;
extern const Command policy_impact;
extern const Command policy_activate;
extern const Command policy_rollback;
extern const Command policy_eval;
extern const Command policy_explain;
extern const Command policy_lint;
extern const Command policy_test;
extern const Command policy_fmt;
extern const Command policy_schema;
extern const Command token_issue;
extern const Command token_verify;
extern const Command token_revoke;
extern const Command token_inspect;
extern const Command token_list;
extern const Command risk_assess;
extern const Command risk_show;
extern const Command risk_list;
extern const Command risk_model;
extern const Command evidence_add;
extern const Command evidence_get;
extern const Command evidence_list;
extern const Command evidence_show;
extern const Command evidence_link;
extern const Command evidence_verify;
extern const Command responsibility_assign;
extern const Command responsibility_show;
extern const Command responsibility_list;
extern const Command responsibility_report;
extern const Command compliance_controls;
extern const Command compliance_gaps;
extern const Command incident_record;
extern const Command incident_show;
extern const Command incident_list;
extern const Command operator_add;
extern const Command operator_list;
extern const Command operator_rotate;
extern const Command operator_revoke;
extern const Command model_register;
extern const Command model_approve;
extern const Command model_reject;
extern const Command model_retire;
extern const Command model_list;
extern const Command model_show;
extern const Command prompt_register;
extern const Command prompt_approve;
extern const Command prompt_reject;
extern const Command prompt_retire;
extern const Command prompt_list;
extern const Command prompt_show;
extern const Command override_create;
extern const Command override_list;
extern const Command override_show;
extern const Command oversight_stop;
extern const Command oversight_resume;
extern const Command oversight_intervene;
extern const Command oversight_report;
extern const Command hold_place;
extern const Command hold_release;
extern const Command hold_list;
extern const Command retention_status;
extern const Command retention_apply;
extern const Command usage_report;
extern const Command key_show;
extern const Command key_rotate;
extern const Command key_passwd;
extern const Command recover;
extern const Command compliance_report;
extern const Command ledger_verify;
extern const Command ledger_log;
extern const Command ledger_show;
extern const Command ledger_stats;
extern const Command ledger_checkpoint;
extern const Command ledger_prove;
extern const Command ledger_rebuild;
extern const Command ledger_watch;
extern const Command receipt_make;
extern const Command receipt_verify;
extern const Command export_command;
extern const Command verify;
extern const Command ledger_import;
extern const Command archive;
extern const Command compliance_profile_set;
extern const Command compliance_profile_show;
extern const Command compliance_profile_history;
extern const Command compliance_declare;
extern const Command compliance_assess;
extern const Command compliance_remediate;
extern const Command compliance_withdraw;
extern const Command compliance_frameworks;
extern const Command compliance_obligations;
extern const Command privacy_export;
extern const Command privacy_erase;
extern const Command backup;
extern const Command restore;
extern const Command gate;
extern const Command hook_install;
extern const Command hook_uninstall;
extern const Command hook_run;
extern const Command hook_audit;
extern const Command completion;
extern const Command help;
extern const Command version;

/// In the order in which help shows them.
[[nodiscard]] std::span<const Command* const> all_commands();
/// What a group of commands is about, for help; empty for a word that is no group.
[[nodiscard]] std::string_view group_summary(std::string_view group);

}  // namespace lexecon::cli
