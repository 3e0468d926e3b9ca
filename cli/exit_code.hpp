// Outcome or error -> exit code: the only place that knows the numbers.
//
// Source   lexecon(1), Exit status: below 10 an answer, from 64 a failure to answer
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "ledger/verify.hpp"
#include "policy/ruling.hpp"

namespace lexecon::cli {

enum class ExitCode : std::uint8_t {
  yes = 0,
  no = 1,
  undecided = 2,
  conditional = 3,
  nothing_to_check = 4,
  usage = 64,
  bad_input = 65,
  not_found = 66,
  busy = 69,
  internal = 70,
  cannot_create = 73,
  io = 74,
  integrity = 76,
  not_permitted = 77,
  configuration = 78,
};

[[nodiscard]] ExitCode exit_code(ErrorCode code);
[[nodiscard]] ExitCode exit_code(policy::Outcome outcome);
[[nodiscard]] ExitCode exit_code(ledger::Verdict verdict);
/// The class of lexecon.error/1 for a code: validation_error, infra_error, integrity_error, ...
[[nodiscard]] std::string_view error_class(ErrorCode code);

}  // namespace lexecon::cli
