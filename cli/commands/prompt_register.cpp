// lexecon prompt register: what is to be used, by its digest.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command prompt_register = register_command<authority::RegistryKind::prompt>(
    {"prompt register",
     "Put a version of a prompt on record, by the digest of its bytes",
     {"echo 'You answer customers.' > support.txt && lexecon prompt register "
      "support@4 --file support.txt --as bob --sign-with bob"}});

}  // namespace lexecon::cli
