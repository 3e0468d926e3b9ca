#include "fuzz/targets.hpp"
#include "package/receipt.hpp"

/// A receipt has one spelling, and nothing is valid without a pinned key.
void lexecon::fuzz::receipt(std::string_view bytes) {
  const auto check = package::check_receipt(bytes, {});
  require(check.verdict != findings::Verdict::valid, "a receipt is valid under no key");
  require(package::to_bytes(package::parse_receipt(bytes)) == bytes, "a receipt has two spellings");
}
