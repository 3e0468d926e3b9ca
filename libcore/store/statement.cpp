#include <limits>
#include <utility>

#include "base/error.hpp"
#include "store/database.hpp"
#include "store/sqlite_error.hpp"

namespace lexecon::store {
namespace {

void check(sqlite3_stmt* statement, int result) {
  if (result != SQLITE_OK) fail(statement);
}

// SECURITY: SQLite converts between types without a word; a column of a foreign type was not ours.
void expect_type(sqlite3_stmt* statement, int column, int wanted) {
  if (sqlite3_column_type(statement, column) == wanted) return;
  const char* const name = sqlite3_column_name(statement, column);
  throw Error(ErrorCode::integrity, "the column `" + std::string(name == nullptr ? "?" : name) +
                                        "` holds a value of another type than its table allows");
}

std::string_view bytes_of(sqlite3_stmt* statement, int column) {
  const void* const data = sqlite3_column_blob(statement, column);
  const int size = sqlite3_column_bytes(statement, column);
  if (data == nullptr) {
    // Without a word, when there was no memory to show the value in.
    if (sqlite3_errcode(sqlite3_db_handle(statement)) == SQLITE_NOMEM) fail(statement);
    return {};
  }
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

int size_of(std::string_view bytes) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Error(ErrorCode::bad_input, "a value is too large for the database");
  }
  return static_cast<int>(bytes.size());
}

// An empty view may have no address, and SQLite would bind NULL for it.
const char* address_of(std::string_view bytes) { return bytes.empty() ? "" : bytes.data(); }

}  // namespace

Statement::Statement(sqlite3_stmt* handle) : handle_(handle) {}
Statement::~Statement() { sqlite3_finalize(handle_); }
Statement::Statement(Statement&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Statement& Statement::bind(int position, std::int64_t value) {
  check(handle_, sqlite3_bind_int64(handle_, position, value));
  return *this;
}

Statement& Statement::bind(int position, std::string_view text) {
  check(handle_,
        sqlite3_bind_text(handle_, position, address_of(text), size_of(text), SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind(int position, const std::optional<std::string>& text) {
  return text ? bind(position, std::string_view(*text)) : bind_null(position);
}

Statement& Statement::bind_blob(int position, std::string_view bytes) {
  check(handle_,
        sqlite3_bind_blob(handle_, position, address_of(bytes), size_of(bytes), SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null(int position) {
  check(handle_, sqlite3_bind_null(handle_, position));
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  fail(handle_);
}

void Statement::run() {
  while (step()) {
  }
  clear();
}

void Statement::clear() {
  reset();
  check(handle_, sqlite3_clear_bindings(handle_));
}

// A failure of the last step was already reported by it.
void Statement::reset() { sqlite3_reset(handle_); }

std::int64_t Statement::integer(int column) const {
  expect_type(handle_, column, SQLITE_INTEGER);
  return sqlite3_column_int64(handle_, column);
}

std::string Statement::text(int column) const { return std::string(text_view(column)); }

std::string Statement::blob(int column) const { return std::string(blob_view(column)); }

std::string_view Statement::text_view(int column) const {
  expect_type(handle_, column, SQLITE_TEXT);
  return bytes_of(handle_, column);
}

std::string_view Statement::blob_view(int column) const {
  expect_type(handle_, column, SQLITE_BLOB);
  return bytes_of(handle_, column);
}

std::string_view Statement::view(int column) const {
  const int type = sqlite3_column_type(handle_, column);
  if (type != SQLITE_TEXT && type != SQLITE_BLOB) expect_type(handle_, column, SQLITE_BLOB);
  return bytes_of(handle_, column);
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

}  // namespace lexecon::store
