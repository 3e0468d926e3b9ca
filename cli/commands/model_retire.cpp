// lexecon model retire: no longer.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command model_retire = retire_command<authority::RegistryKind::model>(
    {"model retire",
     "Take a version of a model out of use, for good",
     {"lexecon model retire support-7b@2026.1 --reason superseded --as alice "
      "--sign-with alice"}});

}  // namespace lexecon::cli
