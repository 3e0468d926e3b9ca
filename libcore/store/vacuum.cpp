#include <sqlite3.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "store/database.hpp"
#include "store/sqlite_error.hpp"

namespace lexecon::store {
namespace {

void set_journal_mode(Database& database, const std::string& mode) {
  auto answer = database.prepare("PRAGMA journal_mode=" + mode);
  if (answer.step() && answer.text(0) == mode) return;
  throw Error(ErrorCode::internal, "the journal cannot be put into the mode `" + mode + "` now",
              database.path().string());
}

}  // namespace

void Database::keep_journal() { set_journal_mode(*this, "persist"); }

// INVARIANT: a journal that is hot, of a crash or of a rollback that failed, is all that is left of what
// the pages held. The lock is not given before SQLite has played it back.
void Database::wipe_journal() {
  Transaction alone(*this, Transaction::Kind::write);
  const Path journal = journal_of(path_.string());
  std::error_code failed;
  if (std::filesystem::exists(std::filesystem::symlink_status(journal, failed))) {
    destroy_file(journal);
  }
  alone.commit();
  set_journal_mode(*this, "delete");
}

// SECURITY: secure_delete leaves zeros where a row was, but not where a row stood before SQLite moved it
// to another page. What is written anew from the rows alone has no such place. The copy is made in memory
// (temp_store), and the journal, which has the pages as they were, is overwritten; of a vacuum that failed
// it stays, for the next to wipe.
void Database::vacuum() {
  keep_journal();
  sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 1);  // SQLite attaches the copy
  try {
    execute("VACUUM");
  } catch (...) {
    sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 0);
    throw;
  }
  sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 0);
  wipe_journal();
}

}  // namespace lexecon::store
