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
#include <vector>

#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "chain/proof.hpp"
#include "crypto/identity.hpp"
#include "findings/verdict.hpp"
#include "json/fwd.hpp"

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

struct ReceiptCheck {
  findings::Verdict verdict = findings::Verdict::undecidable;
  std::optional<std::string> cause = {};  // key_not_pinned, nothing_to_check
  struct Check {
    findings::CheckResult result;
    std::string where;  // a JSON pointer into the receipt, or into what its member holds
  };
  std::vector<Check> checks = {};
  // As far as they could be read; only a valid verdict makes them true.
  std::optional<chain::Entry> entry = {};
  std::optional<Hash> entry_hash = {};
  std::optional<chain::Checkpoint> checkpoint = {};
  std::optional<crypto::PublicKey> signed_by = {};  // the pinned key that signed

  /// The first check that failed; nothing when none did.
  [[nodiscard]] const Check* fault() const;
};

/// Valid when every check holds under one of the pins; undecidable without a pin or a receipt.
[[nodiscard]] ReceiptCheck check_receipt(std::string_view bytes, std::span<const crypto::Pin> pins);
/// The document lexecon.receipt_check/1.
[[nodiscard]] Json to_json(const ReceiptCheck& check);

}  // namespace lexecon::package
