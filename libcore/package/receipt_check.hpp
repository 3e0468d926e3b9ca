// What was found of a receipt, of either kind: a verdict, and each check that it rests on.
//
// Shapes   a lexecon receipt has the checks receipt, entry, proof, origin, inclusion, signature, sealed; an
//          ACTA receipt receipt, payload, issuer, signature, link
// Source   lexecon-receipt-verify(1)
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/checkpoint.hpp"
#include "chain/entry.hpp"
#include "crypto/identity.hpp"
#include "findings/verdict.hpp"
#include "package/acta.hpp"

namespace lexecon::package {

enum class ReceiptFormat : std::uint8_t { lexecon, acta };
[[nodiscard]] std::string_view to_string(ReceiptFormat format);

struct ReceiptCheck {
  findings::Verdict verdict = findings::Verdict::undecidable;
  std::optional<std::string> cause = {};  // key_not_pinned, nothing_to_check, predecessor_missing
  std::optional<ReceiptFormat> format = {};  // what it was read as
  struct Check {
    findings::CheckResult result;
    std::string where;  // a JSON pointer into the receipt, or into what its member holds
  };
  std::vector<Check> checks = {};
  // As far as they could be read; only a valid verdict makes them true.
  std::optional<chain::Entry> entry = {};
  std::optional<Hash> entry_hash = {};
  std::optional<chain::Checkpoint> checkpoint = {};
  std::optional<ActaReceipt> acta = {};
  std::optional<crypto::PublicKey> signed_by = {};  // the pinned key that signed

  /// The first check that failed; nothing when none did.
  [[nodiscard]] const Check* fault() const;
  /// Makes one check, which fails with an Error; whether it passed.
  bool run(const char* name, const std::string& where, const std::function<void()>& check);
  /// The same where what it looks at was read, else it is left out.
  bool run_if(bool can, const char* name, const char* where, const std::function<void()>& check);
  void leave_out(const char* name, const char* where, const char* why);
};

/// The document lexecon.receipt_check/1.
[[nodiscard]] Json to_json(const ReceiptCheck& check);

}  // namespace lexecon::package
