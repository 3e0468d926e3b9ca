// The sealed request of a decision against its entry, read where it stands.
//
// Source   lexecon-ledger(5), Event data
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chain/data_view.hpp"

namespace lexecon::ledger {

/// What is wrong between the sealed content `bytes`, which has its shape, and the data of a decision.
[[nodiscard]] std::optional<std::string> request_fault(std::string_view bytes,
                                                       const chain::DataView& decision);
/// INVARIANT: true only where `bytes` have the shape of sealed content and request_fault() finds nothing.
[[nodiscard]] bool is_request_of(std::string_view bytes, const chain::DataView& decision);

}  // namespace lexecon::ledger
