// lexecon prompt show: one version and its history.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command prompt_show = registration_command<authority::RegistryKind::prompt>(
    {"prompt show",
     "Print a version of a prompt and its history",
     {"lexecon prompt show support@4"}});

}  // namespace lexecon::cli
