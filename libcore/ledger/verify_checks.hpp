// What makes each check of the verifier; the table in verify_checks.cpp is the list.
#pragma once

#include <memory>

#include "ledger/verify_check.hpp"

namespace lexecon::ledger {

using NewCheck = std::unique_ptr<Check>;

// verify_database.cpp
[[nodiscard]] NewCheck new_database_check();
[[nodiscard]] NewCheck new_schema_check();
// verify_entries.cpp
[[nodiscard]] NewCheck new_entries_check();
[[nodiscard]] NewCheck new_sequence_check();
[[nodiscard]] NewCheck new_links_check();
[[nodiscard]] NewCheck new_times_check();
[[nodiscard]] NewCheck new_columns_check();
// verify_log.cpp
[[nodiscard]] NewCheck new_genesis_check();
[[nodiscard]] NewCheck new_origin_check();
[[nodiscard]] NewCheck new_events_check();
[[nodiscard]] NewCheck new_closed_check();
// verify_state.cpp
[[nodiscard]] NewCheck new_state_check();
[[nodiscard]] NewCheck new_rotations_check();
// verify_approvals.cpp
[[nodiscard]] NewCheck new_approvals_check();
// verify_custody.cpp
[[nodiscard]] NewCheck new_custody_check();
// verify_sealed.cpp
[[nodiscard]] NewCheck new_sealed_check();
[[nodiscard]] NewCheck new_sealed_unique_check();
// verify_exports.cpp
[[nodiscard]] NewCheck new_exports_check();
// verify_incidents.cpp
[[nodiscard]] NewCheck new_incidents_check();
// verify_other_logs.cpp
[[nodiscard]] NewCheck new_imports_check();
[[nodiscard]] NewCheck new_cosigned_check();
// verify_archived.cpp
[[nodiscard]] NewCheck new_archived_check();
// verify_policies.cpp
[[nodiscard]] NewCheck new_policy_sets_check();
[[nodiscard]] NewCheck new_policy_files_check();
[[nodiscard]] NewCheck new_projections_check();
// verify_redecide.cpp
[[nodiscard]] NewCheck new_redecide_check();
// verify_checkpoints.cpp
[[nodiscard]] NewCheck new_checkpoints_check();
[[nodiscard]] NewCheck new_unsigned_tail_check();
[[nodiscard]] NewCheck new_frontier_check();
// verify_heads.cpp
[[nodiscard]] NewCheck new_head_note_check();
[[nodiscard]] NewCheck new_user_head_check();
[[nodiscard]] NewCheck new_older_notes_check();
// verify_keys.cpp
[[nodiscard]] NewCheck new_key_check();
[[nodiscard]] NewCheck new_pins_check();
// verify_witnesses.cpp
[[nodiscard]] NewCheck new_witnesses_check();

}  // namespace lexecon::ledger
