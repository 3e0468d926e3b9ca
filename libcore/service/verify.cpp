#include "service/verify.hpp"

#include "service/act.hpp"
#include "service/node.hpp"

namespace lexecon::service {
namespace {

bool is_there(const Path& path) {
  std::error_code failed;
  return std::filesystem::exists(std::filesystem::symlink_status(path, failed));
}

}  // namespace

ledger::Verification verify_ledger(const ledger::NodeFiles& files, ledger::VerifyOptions options,
                                   Depth depth) {
  // Where a node was once, a missing ledger is a finding; where none ever was, an error that says so.
  if (!is_there(files.database()) && !is_there(files.head_note()) &&
      !is_there(files.ledger_key())) {
    (void)open_node(files.folder);
  }
  options.deep = depth == Depth::all;
  if (options.deep) options.project = project;
  return ledger::verify(files, options);
}

}  // namespace lexecon::service
