#include "ledger/verify_checks.hpp"

#include <array>

namespace lexecon::ledger {

std::span<const CheckType> check_types() {
  static constexpr bool needed = true;
  static constexpr std::array types{
      CheckType{"database", needed, new_database_check},
      CheckType{"schema", needed, new_schema_check},
      CheckType{"entries", needed, new_entries_check},
      CheckType{"sequence", needed, new_sequence_check},
      CheckType{"links", needed, new_links_check},
      CheckType{"times", needed, new_times_check},
      CheckType{"columns", needed, new_columns_check},
      CheckType{"genesis", needed, new_genesis_check},
      CheckType{"origin", needed, new_origin_check},
      CheckType{"events", needed, new_events_check},
      CheckType{"closed", !needed, new_closed_check},
      CheckType{"state", needed, new_state_check},
      CheckType{"approvals", !needed, new_approvals_check},
      CheckType{"rotations", !needed, new_rotations_check},
      CheckType{"sealed", !needed, new_sealed_check},
      CheckType{"sealed_unique", !needed, new_sealed_unique_check},
      CheckType{"policy_sets", !needed, new_policy_sets_check},
      CheckType{"policy_files", !needed, new_policy_files_check},
      CheckType{"projections", !needed, new_projections_check},
      CheckType{"redecide", !needed, new_redecide_check},
      CheckType{"checkpoints", needed, new_checkpoints_check},
      CheckType{"unsigned_tail", needed, new_unsigned_tail_check},
      CheckType{"frontier", needed, new_frontier_check},
      CheckType{"head_note", !needed, new_head_note_check},
      CheckType{"user_head", !needed, new_user_head_check},
      CheckType{"key", !needed, new_key_check},
      CheckType{"pins", !needed, new_pins_check},
      CheckType{"older_notes", !needed, new_older_notes_check},
  };
  return types;
}

}  // namespace lexecon::ledger
