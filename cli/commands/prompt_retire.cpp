// lexecon prompt retire: no longer.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command prompt_retire = retire_command<authority::RegistryKind::prompt>(
    {"prompt retire",
     "Take a version of a prompt out of use, for good",
     {"lexecon prompt retire support@4 --reason superseded --as alice "
      "--sign-with alice"}});

}  // namespace lexecon::cli
