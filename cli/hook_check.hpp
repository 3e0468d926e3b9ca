// Whether the hooks of the repository around would ask the node that they were installed for.
#pragma once

#include "base/files.hpp"
#include "service/doctor.hpp"

namespace lexecon::cli {

/// Of the repository that the working directory is in. A hook that git would ignore, or that would
/// refuse every push, is a failure; one that asks another node is worth a warning.
[[nodiscard]] service::Finding look_at_hooks(const Path& node);

}  // namespace lexecon::cli
