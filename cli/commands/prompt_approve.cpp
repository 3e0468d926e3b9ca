// lexecon prompt approve: yes, until when, and what Art. 25(1) makes of it.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command prompt_approve = approve_command<authority::RegistryKind::prompt>(
    {"prompt approve",
     "Approve a version of a prompt, by another operator than who registered it",
     {"lexecon prompt approve support@4 --expires 180d --provider-change no "
      "--as alice --sign-with alice"}});

}  // namespace lexecon::cli
