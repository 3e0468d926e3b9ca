#include "service/verify.hpp"

#include "service/act.hpp"

namespace lexecon::service {

ledger::Verification verify_ledger(const ledger::NodeFiles& files, ledger::VerifyOptions options,
                                   Depth depth) {
  if (depth == Depth::projections) options.project = project;
  return ledger::verify(files, options);
}

}  // namespace lexecon::service
