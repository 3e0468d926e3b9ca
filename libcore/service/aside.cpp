#include "service/aside.hpp"

namespace lexecon::service {
namespace {

namespace fs = std::filesystem;

bool stands(const Path& path) {
  std::error_code failed;
  return fs::exists(fs::symlink_status(path, failed));
}

}  // namespace

std::optional<Path> put_aside(const ledger::NodeFiles& files, Timestamp now) {
  if (!stands(files.database())) return std::nullopt;
  Path aside = files.folder / ("replaced." + to_text(now));
  make_folder(aside, Access::private_to_owner);
  // A journal of the old database would be played into the new one.
  for (const auto* suffix : {"-journal", "-wal", "-shm"}) {
    const Path beside = files.database().string() + suffix;
    if (stands(beside)) fs::rename(beside, aside / beside.filename());
  }
  fs::create_hard_link(files.database(), aside / files.database().filename());
  sync_folder(aside);
  sync_folder(files.folder);
  return aside;
}

}  // namespace lexecon::service
