// lexecon model list: what is on record, and how it stands.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command model_list = registrations_command<authority::RegistryKind::model>(
    {"model list",
     "List the versions of models on record, oldest first",
     {"lexecon model list --state approved"}});

}  // namespace lexecon::cli
