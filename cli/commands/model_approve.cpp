// lexecon model approve: yes, until when, and what Art. 25(1) makes of it.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command model_approve = approve_command<authority::RegistryKind::model>(
    {"model approve",
     "Approve a version of a model, by another operator than who registered it",
     {"lexecon model approve support-7b@2026.1 --expires 180d "
      "--provider-change no --as alice --sign-with alice"}});

}  // namespace lexecon::cli
