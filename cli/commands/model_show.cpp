// lexecon model show: one version and its history.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command model_show = registration_command<authority::RegistryKind::model>(
    {"model show",
     "Print a version of a model and its history",
     {"lexecon model show support-7b@2026.1"}});

}  // namespace lexecon::cli
