// What the lists of entries share.
#pragma once

#include <string>

#include "json/fwd.hpp"
#include "ledger/reader.hpp"

namespace lexecon::cli {

/// What an entry is about, in the few words that its data holds.
[[nodiscard]] std::string subject(const Json& data);
/// Uses, refusals and revocations name a decision's token alone.
[[nodiscard]] ledger::EntryFilter with_tokens(ledger::EntryFilter filter,
                                              store::Database& database);

}  // namespace lexecon::cli
