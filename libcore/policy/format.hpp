// The one layout of a policy file.
//
// Shapes   keys with their first spelling in documented order; every comment is kept; the file means
//          the same afterwards, which is checked before anything is returned
// Errors   Error{bad_input} for a file that does not load, and for one whose comments have no place in
//          the layout: then nothing is to be written
// Source   lexecon-policy-fmt(1)
#pragma once

#include <string>

#include "policy/set.hpp"

namespace lexecon::policy {

/// `format(format(x)) == format(x)`.
[[nodiscard]] std::string format(const SourceFile& file);

}  // namespace lexecon::policy
