// lexecon model reject: no, before anybody said yes.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command model_reject = reject_command<authority::RegistryKind::model>(
    {"model reject",
     "Refuse a version of a model that nobody approved, for good",
     {"lexecon model reject support-7b@2026.1 --reason failed_evaluation --as "
      "alice --sign-with alice"}});

}  // namespace lexecon::cli
