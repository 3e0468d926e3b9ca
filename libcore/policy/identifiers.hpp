// The names that a policy gives to its relations and requirements.
//
// Source   lexecon-policy(5), File
#pragma once

#include <string_view>

namespace lexecon::policy {

/// Relation ids stand in entries and sentences: 1 to 255 bytes of a term, `#` and `*` as the default
/// ids have them.
[[nodiscard]] bool is_relation_id(std::string_view text);
/// A letter, then up to 99 letters, digits and `_`.
[[nodiscard]] bool is_requirement(std::string_view text);

}  // namespace lexecon::policy
