// lexecon prompt reject: no, before anybody said yes.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command prompt_reject = reject_command<authority::RegistryKind::prompt>(
    {"prompt reject",
     "Refuse a version of a prompt that nobody approved, for good",
     {"lexecon prompt reject support@4 --reason failed_evaluation --as alice "
      "--sign-with alice"}});

}  // namespace lexecon::cli
