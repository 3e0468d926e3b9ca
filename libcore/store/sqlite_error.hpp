// SQLite's result codes in our words. Only the sources of this folder include it.
#pragma once

#include <sqlite3.h>

#include <string>

namespace lexecon::store {

/// The rollback journal beside a database.
[[nodiscard]] std::string journal_of(const std::string& path);
/// Throws the Error of the connection's last failure; `handle` may be null when opening failed
/// early.
[[noreturn]] void fail(sqlite3* handle, int result, const std::string& path);
[[noreturn]] void fail(sqlite3_stmt* statement);

}  // namespace lexecon::store
