// Where a path leads, for paths that need not exist yet.
//
// Errors   Error{bad_input} for a path that two readers understand differently; Error{io}
#pragma once

#include "base/files.hpp"

namespace lexecon {

/// The real path of the longest part of `path` (absolute) that exists, and the rest as it is written.
/// A link to nothing is followed: what is created through it stands where it points. Nothing below
/// /proc is followed, for its links mean another place to each process. `..` is taken as the kernel
/// takes it, after links; where a reader that drops it from the text would end elsewhere, it is an error.
[[nodiscard]] Path real_path(const Path& path);

}  // namespace lexecon
