// decide --batch: a request a line in, an answer a line out, as many as come together in one commit.
//
// Shapes   each line is answered in order and after its commit, by lexecon.decision/1 or, when it was
//          refused, by lexecon.error/1 with `line`
// Units    groups of at most 1,000 requests or 50 ms
// Errors   any Error but a refusal ends the batch after the last answered line
// Source   lexecon-decide(1)
#pragma once

#include <string>

#include "context.hpp"
#include "exit_code.hpp"
#include "ledger/node_files.hpp"
#include "service/decide.hpp"

namespace lexecon::cli {

struct Batch {
  std::string input;  // a file, or "-"
  bool explain = false;
};

/// ExitCode::yes when every line was decided, bad_input when one was refused.
[[nodiscard]] ExitCode decide_batch(const Batch& batch, const ledger::NodeFiles& files,
                                    const service::DecideOptions& options, Context& context);

}  // namespace lexecon::cli
