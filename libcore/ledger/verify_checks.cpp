#include "ledger/verify_checks.hpp"

#include <array>

namespace lexecon::ledger {

std::span<const CheckType> check_types() {
  static constexpr bool needed = true;
  static constexpr bool of_entries = true;
  static constexpr std::array types{
      CheckType{"database", needed, !of_entries, new_database_check},
      CheckType{"schema", needed, !of_entries, new_schema_check},
      CheckType{"entries", needed, of_entries, new_entries_check},
      CheckType{"sequence", needed, of_entries, new_sequence_check},
      CheckType{"links", needed, of_entries, new_links_check},
      CheckType{"times", needed, of_entries, new_times_check},
      CheckType{"columns", needed, !of_entries, new_columns_check},
      CheckType{"genesis", needed, of_entries, new_genesis_check},
      CheckType{"origin", needed, of_entries, new_origin_check},
      CheckType{"events", needed, of_entries, new_events_check},
      CheckType{"closed", !needed, of_entries, new_closed_check},
      CheckType{"state", needed, of_entries, new_state_check},
      CheckType{"approvals", !needed, of_entries, new_approvals_check},
      CheckType{"custody", !needed, of_entries, new_custody_check},
      CheckType{"rotations", !needed, of_entries, new_rotations_check},
      CheckType{"sealed", !needed, !of_entries, new_sealed_check},
      CheckType{"sealed_unique", !needed, of_entries, new_sealed_unique_check},
      CheckType{"exports", !needed, !of_entries, new_exports_check},
      CheckType{"archived", !needed, !of_entries, new_archived_check},
      CheckType{"policy_sets", !needed, of_entries, new_policy_sets_check},
      CheckType{"policy_files", !needed, !of_entries, new_policy_files_check},
      CheckType{"projections", !needed, !of_entries, new_projections_check},
      CheckType{"redecide", !needed, !of_entries, new_redecide_check},
      CheckType{"checkpoints", needed, !of_entries, new_checkpoints_check},
      CheckType{"unsigned_tail", needed, !of_entries, new_unsigned_tail_check},
      CheckType{"frontier", needed, !of_entries, new_frontier_check},
      CheckType{"head_note", !needed, !of_entries, new_head_note_check},
      CheckType{"user_head", !needed, !of_entries, new_user_head_check},
      CheckType{"key", !needed, !of_entries, new_key_check},
      CheckType{"pins", !needed, of_entries, new_pins_check},
      CheckType{"older_notes", !needed, of_entries, new_older_notes_check},
  };
  return types;
}

}  // namespace lexecon::ledger
