// The answer of whoever checks a receipt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "context.hpp"
#include "crypto/identity.hpp"
#include "exit_code.hpp"

namespace lexecon::cli {

/// Checks the bytes of a receipt, prints what was found, and says how it ends.
[[nodiscard]] ExitCode answer_receipt(const std::string& bytes,
                                      const std::vector<crypto::Pin>& pins,
                                      const std::optional<std::string>& previous, Context& context);

}  // namespace lexecon::cli
