#include "store/database.hpp"

#include <sqlite3.h>

#include <array>
#include <utility>

#include "base/error.hpp"
#include "store/sqlite_error.hpp"

namespace lexecon::store {
namespace {

// SECURITY: the file may come from somebody else: no code of the schema runs, nothing is guessed.
void distrust(sqlite3* handle, const std::string& path) {
  struct Switch {
    int name;
    int value;
  };
  constexpr std::array switches{
      Switch{SQLITE_DBCONFIG_DEFENSIVE, 1},
      Switch{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      Switch{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
      Switch{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
      Switch{SQLITE_DBCONFIG_DQS_DML, 0},
      Switch{SQLITE_DBCONFIG_DQS_DDL, 0},
      Switch{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
      Switch{SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
      Switch{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      Switch{SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
  };
  for (const Switch& change : switches) {
    int now = -1;
    const int result = sqlite3_db_config(handle, change.name, change.value, &now);
    if (result != SQLITE_OK || now != change.value) {
      throw Error(ErrorCode::internal,
                  "SQLite does not know the switch " + std::to_string(change.name), path);
    }
  }
  constexpr std::array<std::pair<int, int>, 8> limits{{{SQLITE_LIMIT_LENGTH, 10'000'000},
                                                       {SQLITE_LIMIT_SQL_LENGTH, 100'000},
                                                       {SQLITE_LIMIT_COLUMN, 100},
                                                       {SQLITE_LIMIT_EXPR_DEPTH, 50},
                                                       {SQLITE_LIMIT_VDBE_OP, 250'000},
                                                       {SQLITE_LIMIT_ATTACHED, 0},
                                                       {SQLITE_LIMIT_TRIGGER_DEPTH, 0},
                                                       {SQLITE_LIMIT_WORKER_THREADS, 0}}};
  for (const auto& [name, value] : limits) sqlite3_limit(handle, name, value);
}

// Every setting is read back: SQLite ignores what it does not know or cannot do.
struct Setting {
  const char* name;
  const char* value;
  std::string_view wanted;  // as it reads back
};

constexpr std::array settings{
    Setting{"journal_mode", "DELETE", "delete"},
    Setting{"synchronous", "EXTRA", "3"},
    Setting{"fullfsync", "ON", "1"},
    Setting{"secure_delete", "ON", "1"},
    Setting{"foreign_keys", "ON", "1"},
    Setting{"trusted_schema", "OFF", "0"},
    Setting{"cell_size_check", "ON", "1"},
    Setting{"mmap_size", "0", "0"},
    Setting{"cache_size", "-16384", "-16384"},
    Setting{"temp_store", "MEMORY", "2"},
};

std::string value_of(sqlite3* handle, const std::string& pragma, const std::string& path) {
  sqlite3_stmt* raw = nullptr;
  if (const int result = sqlite3_prepare_v2(handle, pragma.c_str(), -1, &raw, nullptr);
      result != SQLITE_OK) {
    fail(handle, result, path);
  }
  const Statement owner(raw);
  const int result = sqlite3_step(raw);
  if (result != SQLITE_ROW && result != SQLITE_DONE) fail(raw);
  if (result == SQLITE_DONE) return {};
  const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
  if (text == nullptr && sqlite3_errcode(handle) == SQLITE_NOMEM) fail(raw);
  return text == nullptr ? std::string() : std::string(text);
}

void refuse_wal(sqlite3* handle, const std::string& path) {
  const std::string mode = value_of(handle, "PRAGMA journal_mode", path);
  if (mode != "wal") return;
  throw Error(ErrorCode::configuration,
              "journal mode `delete` expected, found `wal`: another program switched it", path,
              "close every program that uses the file, then run: sqlite3 ledger.db "
              "'PRAGMA journal_mode=DELETE'");
}

void apply(sqlite3* handle, const Setting& setting, const std::string& path) {
  const std::string name = std::string("PRAGMA ") + setting.name;
  value_of(handle, name + "=" + setting.value, path);
  const std::string found = value_of(handle, name, path);
  // A system without memory mapping has no row for mmap_size.
  if (found == setting.wanted || (found.empty() && std::string_view(setting.name) == "mmap_size")) {
    return;
  }
  throw Error(ErrorCode::internal,
              "the setting `" + std::string(setting.name) + "` should be " +
                  std::string(setting.wanted) + ", is " + found,
              path);
}

// The folder may be reached through links, as home directories are; the file itself may not be one.
Path resolved(const Path& path) {
  if (!path.is_absolute()) {
    throw Error(ErrorCode::internal, "a database is opened by its absolute path", path.string());
  }
  std::error_code failed;
  const Path folder = std::filesystem::canonical(path.parent_path(), failed);
  if (failed) throw Error(ErrorCode::not_found, "no such directory", path.parent_path().string());
  return folder / path.filename();
}

int flags_of(OpenMode mode) {
  // Each connection is one thread's, so SQLite need not lock it at every column.
  const int common = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  return common | (mode == OpenMode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
}

sqlite3* open(const std::string& path, OpenMode mode, std::chrono::milliseconds patience) {
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &handle, flags_of(mode), nullptr);
  try {
    if (result != SQLITE_OK) fail(handle, result, path);
    sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
    distrust(handle, path);
    refuse_wal(handle, path);
    for (const Setting& setting : settings) apply(handle, setting, path);
  } catch (...) {
    sqlite3_close(handle);
    throw;
  }
  return handle;
}

// A journal that a crash left is rolled back before anything is read, as any writer would; a reader
// who may not do that is told so by SQLite's refusal.
sqlite3* open_to_read(const std::string& path, std::chrono::milliseconds patience) {
  try {
    return open(path, OpenMode::read_only, patience);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io || !std::filesystem::exists(journal_of(path))) throw;
    try {
      sqlite3_close(open(path, OpenMode::read_write, patience));
    } catch (const Error&) {
      throw error;
    }
  }
  return open(path, OpenMode::read_only, patience);
}

// SQLite has rolled back by itself when the disk failed; what is left, the next open rolls back.
void roll_back(Database& database) {
  try {
    database.execute("ROLLBACK");
  } catch (const Error&) {
    return;
  }
}

}  // namespace

Database::Database(const Path& path, OpenMode mode, std::chrono::milliseconds patience)
    : path_(resolved(path)) {
  if (mode != OpenMode::create) {
    std::error_code failed;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path_, failed))) {
      throw Error(ErrorCode::not_found, "no such ledger", path_.string(), "run lexecon init");
    }
    handle_ = mode == OpenMode::read_only ? open_to_read(path_.string(), patience)
                                          : open(path_.string(), mode, patience);
    return;
  }
  write_new_file(path_, "", Access::private_to_owner);
  try {
    handle_ = open(path_.string(), mode, patience);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
    throw;
  }
}

Database Database::in_memory() {
  const std::string name = ":memory:";
  sqlite3* handle = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int result = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  Database database(handle);
  if (result != SQLITE_OK) fail(handle, result, name);
  distrust(handle, name);
  return database;
}

Database::~Database() {
  kept_.clear();
  sqlite3_close_v2(handle_);
}

Database::Database(Database&& other) noexcept
    : path_(std::move(other.path_)),
      handle_(std::exchange(other.handle_, nullptr)),
      kept_(std::move(other.kept_)) {}

Statement Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result =
      sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (result != SQLITE_OK) fail(handle_, result, path_.string());
  return Statement(statement);
}

Statement& Database::kept(std::string_view sql) {
  const auto known = kept_.find(sql);
  if (known == kept_.end()) return kept_.emplace(sql, prepare(sql)).first->second;
  known->second.clear();
  return known->second;
}

void Database::execute(std::string_view sql) {
  Statement statement = prepare(sql);
  while (statement.step()) {
  }
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

void Database::forget_pages() {
  if (const int result = sqlite3_db_release_memory(handle_); result != SQLITE_OK) {
    fail(handle_, result, path_.string());
  }
}

void forgo_memory_statistics() noexcept { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  if (kind == Kind::write) {
    database_.execute("BEGIN IMMEDIATE");
    return;
  }
  database_.execute("BEGIN");
  try {
    database_.execute(
        "SELECT count(*) FROM sqlite_schema");  // the snapshot begins at the first read
  } catch (...) {
    roll_back(database_);
    throw;
  }
}

Transaction::~Transaction() {
  if (open_) roll_back(database_);
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace lexecon::store
