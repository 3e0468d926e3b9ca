// lexecon prompt list: what is on record, and how it stands.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command prompt_list = registrations_command<authority::RegistryKind::prompt>(
    {"prompt list",
     "List the versions of prompts on record, oldest first",
     {"lexecon prompt list --state approved"}});

}  // namespace lexecon::cli
