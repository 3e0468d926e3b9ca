// The node templates that the program carries.
//
// Source   policies/<template>/ in the source tree
#pragma once

#include <string>
#include <vector>

#include "decision/active_set.hpp"

namespace lexecon::service {

/// Ascending.
[[nodiscard]] std::vector<std::string> template_names();
/// The set files of a template; Error{not_found} with "did you mean" for an unknown name.
[[nodiscard]] std::vector<decision::SetFile> template_files(const std::string& name);
/// Its tables, policies/tests/<file>; none of an unknown name.
[[nodiscard]] std::vector<decision::SetFile> template_tests(const std::string& name);

}  // namespace lexecon::service
