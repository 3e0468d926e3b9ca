// The verifier, with what only this program can add: its projections made again.
//
// Errors   those of ledger/verify
// Source   lexecon-ledger-verify(1)
#pragma once

#include "ledger/verify.hpp"

namespace lexecon::service {

enum class Depth : std::uint8_t { entries, all };

/// With Depth::all every page is looked at, every table is made again from the entries and compared.
[[nodiscard]] ledger::Verification verify_ledger(const ledger::NodeFiles& files,
                                                 ledger::VerifyOptions options, Depth depth);

}  // namespace lexecon::service
