// The checks of an ACTA receipt.
//
// Errors   what is wrong with it is a finding of its check, never an Error
// Source   lexecon-receipt-verify(1), ACTA receipts
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "crypto/identity.hpp"
#include "package/receipt_check.hpp"

namespace lexecon::package {

/// Valid when one of the pins signed it and, where it names a receipt before it, `previous` is that one.
/// The names of the pins do not count: such a receipt names no log.
[[nodiscard]] ReceiptCheck check_acta(std::string_view bytes, std::span<const crypto::Pin> pins,
                                      std::optional<std::string_view> previous);

}  // namespace lexecon::package
