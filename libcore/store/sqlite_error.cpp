#include "store/sqlite_error.hpp"

#include "base/error.hpp"

namespace lexecon::store {
namespace {

ErrorCode code_of(int extended) {
  switch (extended & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::busy;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      return ErrorCode::io;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_TOOBIG:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return ErrorCode::integrity;
    default:
      return ErrorCode::internal;
  }
}

struct Wording {
  std::string message;
  std::string hint;
};

Wording wording_of_read_only(int extended, const std::string& path) {
  if (extended == SQLITE_READONLY_ROLLBACK || extended == SQLITE_READONLY_CANTLOCK) {
    return {
        "a crash left the journal `" + journal_of(path) + "` and this process may not roll it back",
        "run any lexecon command once as the owner of the node, on a medium that can be written; "
        "never delete the journal"};
  }
  return {"the database may not be written",
          "check who owns the node directory and its permissions"};
}

Wording wording_of(int extended, const std::string& path) {
  switch (extended & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {"another process holds the database", "try again, or wait longer with --timeout"};
    case SQLITE_FULL:
      return {"the disk is full", "free some space; nothing was recorded"};
    case SQLITE_IOERR:
      return {"the disk could not be read or written",
              "look at the system log; lexecon ledger log shows what is on record"};
    case SQLITE_CANTOPEN:
      if (extended == SQLITE_CANTOPEN_SYMLINK) {
        return {"the database must not be a symbolic link",
                "name the directory that holds the file"};
      }
      return {"the database or its journal `" + journal_of(path) + "` cannot be opened",
              "check who owns the node directory and its permissions"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return wording_of_read_only(extended, path);
    case SQLITE_NOMEM:
      return {"no memory is left for the database", ""};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return {"the database is damaged", "run lexecon ledger verify"};
    case SQLITE_TOOBIG:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return {"the database holds what no ledger holds", "run lexecon ledger verify"};
    default:
      return {"the database refused a statement", ""};
  }
}

}  // namespace

std::string journal_of(const std::string& path) { return path + "-journal"; }

void fail(sqlite3* handle, int result, const std::string& path) {
  const int extended = handle == nullptr ? result : sqlite3_extended_errcode(handle);
  const std::string detail = handle == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(handle);
  // SQLite has no code of its own for it.
  const bool is_foreign = extended == SQLITE_ERROR && detail == "unsupported file format";
  const int known = is_foreign ? SQLITE_FORMAT : extended;
  const Wording wording = wording_of(known, path);
  throw Error(code_of(known),
              wording.message + " (SQLite " + std::to_string(extended) + ": " + detail + ")", path,
              wording.hint);
}

void fail(sqlite3_stmt* statement) {
  sqlite3* const handle = sqlite3_db_handle(statement);
  const char* const name = sqlite3_db_filename(handle, "main");
  fail(handle, sqlite3_errcode(handle), name == nullptr ? std::string() : std::string(name));
}

}  // namespace lexecon::store
