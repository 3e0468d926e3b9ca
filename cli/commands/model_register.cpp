// lexecon model register: what is to be used, by its digest.
#include "commands.hpp"
#include "registration_commands.hpp"

namespace lexecon::cli {

const Command model_register = register_command<authority::RegistryKind::model>(
    {"model register",
     "Put a version of a model on record, by the digest of its bytes",
     {"printf weights > support-7b.gguf && lexecon model register "
      "support-7b@2026.1 --file support-7b.gguf --as bob --sign-with bob"}});

}  // namespace lexecon::cli
