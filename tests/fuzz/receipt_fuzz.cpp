#include "fuzz/targets.hpp"
#include "json/canonical.hpp"
#include "json/parse.hpp"
#include "package/acta.hpp"
#include "package/receipt.hpp"

/// A lexecon receipt has one spelling, what an ACTA receipt signs has one, and nothing is valid without a
/// pinned key.
void lexecon::fuzz::receipt(std::string_view bytes) {
  const auto check = package::check_receipt(bytes, {}, bytes);
  require(check.verdict != findings::Verdict::valid, "a receipt is valid under no key");
  static_cast<void>(package::to_json(check));
  if (check.format != package::ReceiptFormat::acta) {
    require(package::to_bytes(package::parse_receipt(bytes)) == bytes,
            "a receipt has two spellings");
    return;
  }
  const auto signed_bytes = json::canonical(package::parse_acta(bytes).payload);
  require(json::canonical(json::parse(signed_bytes)) == signed_bytes,
          "what an ACTA receipt signs has two spellings");
}
