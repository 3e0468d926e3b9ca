// What a verifier says: a verdict, and the named checks that it rests on.
//
// Shapes   a verdict never softens: one failure is invalid
// Source   lexecon-ledger(5), Verification
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lexecon::findings {

enum class Verdict : std::uint8_t { valid, invalid, undecidable };
[[nodiscard]] std::string_view to_string(Verdict verdict);
enum class CheckStatus : std::uint8_t { pass, fail, not_run };
[[nodiscard]] std::string_view to_string(CheckStatus status);

struct CheckResult {
  std::string name;
  CheckStatus status = CheckStatus::not_run;
  std::uint64_t items = 0;  // how many things the check saw
  std::string detail;       // the first failure, or why it did not run
};

}  // namespace lexecon::findings
