// SQLite, opened the one way that keeps a ledger: rollback journal, EXTRA sync, nothing trusted.
//
// Shapes   a connection and its statements are used by one thread at a time;
//          opened by absolute path only, never as a URI, never through a link
// Errors   SQLite's codes become Error{busy}, {io} (disk, permissions, a journal that cannot be
// rolled
//          back), {integrity} (corrupt, or a value of another type than its column), {not_found},
//          {configuration} (switched to WAL), {internal}
// Source   lexecon-ledger(5), Database
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace lexecon::store {

enum class OpenMode : std::uint8_t { create, read_write, read_only };

class Statement {
 public:
  explicit Statement(sqlite3_stmt* handle);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds from position 1; a string_view is TEXT, bind_blob is BLOB. Returns itself.
  Statement& bind(int position, std::int64_t value);
  Statement& bind(int position, std::string_view text);
  Statement& bind(int position, const std::optional<std::string>& text);
  Statement& bind_blob(int position, std::string_view bytes);
  Statement& bind_null(int position);
  /// True while there is a row.
  bool step();
  /// Runs to the end and resets, keeping no bindings.
  void run();
  void reset();
  /// Resets and keeps no bindings.
  void clear();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string blob(int column) const;
  /// The bytes of a TEXT or BLOB; valid until the next step.
  [[nodiscard]] std::string_view view(int column) const;
  /// The same of a TEXT alone, and of a BLOB alone.
  [[nodiscard]] std::string_view text_view(int column) const;
  [[nodiscard]] std::string_view blob_view(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  sqlite3_stmt* handle_;
};

class Database {
 public:
  /// `patience` is how long a lock is waited for. `create` makes the file (0600) and never opens
  /// one.
  Database(const Path& path, OpenMode mode,
           std::chrono::milliseconds patience = std::chrono::seconds(10));
  /// One that no file holds and nobody else sees.
  [[nodiscard]] static Database in_memory();
  ~Database();
  Database(Database&& other) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database& operator=(Database&&) = delete;

  [[nodiscard]] Statement prepare(std::string_view sql);
  /// The statement that was prepared for this text before, reset and without bindings: for what is
  /// said many times in a transaction. Reset it after reading from it.
  [[nodiscard]] Statement& kept(std::string_view sql);
  /// One statement whose rows, if any, nobody wants.
  void execute(std::string_view sql);
  [[nodiscard]] std::int64_t changes() const;
  /// Drops cached pages, so that the next statement reads the file.
  void forget_pages();
  /// Copies every page into a new file (0600), synced: one state of the database, where the caller has
  /// a transaction open.
  void copy_to(const Path& target);
  /// From now on the journal stays when a transaction ends, for wipe_journal(). Before the first change of a
  /// transaction.
  void keep_journal();
  /// Overwrites the journal of transactions that ended, and removes it. Under the lock of the node.
  void wipe_journal();
  /// Writes the whole file anew from its rows, so that nothing is left of what was deleted: not in free
  /// pages, nor between rows, nor in the journal. Outside a transaction; takes memory of the file's size.
  void vacuum();
  [[nodiscard]] const Path& path() const { return path_; }

 private:
  explicit Database(sqlite3* handle) : handle_(handle) {}

  Path path_;
  sqlite3* handle_ = nullptr;
  std::map<std::string, Statement, std::less<>> kept_;
};

/// For the main function of a program that asks nobody how much memory SQLite uses: to count it, SQLite
/// takes a lock for each piece. Without effect once a database was opened.
void forgo_memory_statistics() noexcept;

/// BEGIN IMMEDIATE (or a read snapshot) until commit(); rolls back when it goes.
class Transaction {
 public:
  enum class Kind : std::uint8_t { read, write };
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace lexecon::store
