// The statements that create tables and indexes, a step for each version of the schema.
//
// Source   lexecon-ledger(5), Database
#pragma once

#include <span>

namespace lexecon::store {

using Step = std::span<const char* const>;
/// Oldest first, as many as schema_version says.
[[nodiscard]] std::span<const Step> steps();

}  // namespace lexecon::store
