// A receipt: one entry, the proof that it is in the signed tree of its log, and what was sealed beside it.
//
// Shapes   JCS({"entry": B, "proof": tlog-proof, "schema": "lexecon.receipt/1", "sealed": S | null}), no
//          newline; the checks are receipt, entry, proof, origin, inclusion, signature, sealed
// Units    at most 4 MiB
// Errors   what is wrong with a receipt is a finding of its check, never an Error
// Source   lexecon-ledger(5), Receipts
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crypto/identity.hpp"
#include "package/receipt_check.hpp"

namespace lexecon::package {

inline constexpr std::size_t max_receipt_bytes = std::size_t{4} << 20U;

struct Receipt {
  std::string entry;                  // the bytes B
  std::string proof;                  // the text of an inclusion proof
  std::optional<std::string> sealed;  // the bytes S; nothing: erased, or not disclosed
};

[[nodiscard]] std::string to_bytes(const Receipt& receipt);
/// Error{bad_input} unless the bytes are canonical and have exactly these members.
[[nodiscard]] Receipt parse_receipt(std::string_view bytes);

/// Of either kind: a lexecon receipt, or ACTA's. Valid when every check holds under one of the pins;
/// undecidable without a pin or a receipt. `previous` is the receipt that an ACTA receipt names before it.
[[nodiscard]] ReceiptCheck check_receipt(std::string_view bytes, std::span<const crypto::Pin> pins,
                                         std::optional<std::string_view> previous = std::nullopt);

}  // namespace lexecon::package
