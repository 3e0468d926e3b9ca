#include "ledger/verify_checks.hpp"

#include <array>

namespace lexecon::ledger {

std::span<const CheckType> check_types() {
  static constexpr bool needed = true;
  static constexpr std::array types{
      CheckType{"database", needed, Reach::tables, new_database_check},
      CheckType{"schema", needed, Reach::tables, new_schema_check},
      CheckType{"entries", needed, Reach::entries, new_entries_check},
      CheckType{"sequence", needed, Reach::entries, new_sequence_check},
      CheckType{"links", needed, Reach::entries, new_links_check},
      CheckType{"times", needed, Reach::entries, new_times_check},
      CheckType{"columns", needed, Reach::tables, new_columns_check},
      CheckType{"genesis", needed, Reach::entries, new_genesis_check},
      CheckType{"origin", needed, Reach::entries, new_origin_check},
      CheckType{"events", needed, Reach::entries, new_events_check},
      CheckType{"closed", !needed, Reach::entries, new_closed_check},
      CheckType{"state", needed, Reach::entries, new_state_check},
      CheckType{"approvals", !needed, Reach::entries, new_approvals_check},
      CheckType{"custody", !needed, Reach::entries, new_custody_check},
      CheckType{"rotations", !needed, Reach::entries, new_rotations_check},
      CheckType{"sealed", !needed, Reach::proofs, new_sealed_check},
      CheckType{"sealed_unique", !needed, Reach::entries, new_sealed_unique_check},
      CheckType{"exports", !needed, Reach::proofs, new_exports_check},
      CheckType{"incidents", !needed, Reach::entries, new_incidents_check},
      CheckType{"imports", !needed, Reach::entries, new_imports_check},
      CheckType{"archived", !needed, Reach::tables, new_archived_check},
      CheckType{"policy_sets", !needed, Reach::entries, new_policy_sets_check},
      CheckType{"policy_files", !needed, Reach::proofs, new_policy_files_check},
      CheckType{"projections", !needed, Reach::tables, new_projections_check},
      CheckType{"redecide", !needed, Reach::proofs, new_redecide_check},
      CheckType{"checkpoints", needed, Reach::proofs, new_checkpoints_check},
      CheckType{"unsigned_tail", needed, Reach::proofs, new_unsigned_tail_check},
      CheckType{"frontier", needed, Reach::tables, new_frontier_check},
      CheckType{"head_note", !needed, Reach::tables, new_head_note_check},
      CheckType{"user_head", !needed, Reach::tables, new_user_head_check},
      CheckType{"key", !needed, Reach::tables, new_key_check},
      CheckType{"pins", !needed, Reach::entries, new_pins_check},
      CheckType{"older_notes", !needed, Reach::entries, new_older_notes_check},
      CheckType{"witnesses", !needed, Reach::entries, new_witnesses_check},
      CheckType{"cosigned", !needed, Reach::entries, new_cosigned_check},
  };
  return types;
}

}  // namespace lexecon::ledger
