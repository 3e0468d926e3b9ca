#include <sqlite3.h>

#include "store/database.hpp"
#include "store/sqlite_error.hpp"

namespace lexecon::store {

void Database::copy_to(const Path& target) {
  Database copy(target, OpenMode::create);
  sqlite3_backup* const backup = sqlite3_backup_init(copy.handle_, "main", handle_, "main");
  if (backup == nullptr) fail(copy.handle_, sqlite3_errcode(copy.handle_), target.string());
  constexpr int all_pages = -1;
  const int stepped = sqlite3_backup_step(backup, all_pages);
  const int finished = sqlite3_backup_finish(backup);
  if (finished != SQLITE_OK) fail(copy.handle_, finished, target.string());
  if (stepped != SQLITE_DONE) fail(nullptr, stepped, target.string());
}

}  // namespace lexecon::store
