// The floor under `decide --batch`: the same rows into the same tables, one signature for each, in
// groups of a thousand, and nothing else. Usage: raw_batch LEDGER.db FOLDER; prints one line of JSON.
#include <sodium.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

constexpr std::array tables{"entries", "sealed", "decisions", "tokens"};
constexpr int group = 1'000;

[[noreturn]] void fail(sqlite3* database, const std::string& what) {
  std::cerr << "raw_batch: " << what << ": " << sqlite3_errmsg(database) << '\n';
  std::exit(1);
}

sqlite3_stmt* prepared(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    fail(database, sql);
  }
  return statement;
}

void run(sqlite3* database, const std::string& sql) {
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(database, sql);
  }
}

sqlite3* opened(const std::string& path, int flags) {
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(path.c_str(), &database, flags, nullptr) != SQLITE_OK) fail(database, path);
  return database;
}

/// One row as SQLite gives it, to be bound as it is.
using Row = std::vector<sqlite3_value*>;
struct Table {
  std::vector<Row> rows;
  std::size_t next = 0;
  sqlite3_stmt* insert = nullptr;
};

Table read(sqlite3* source, sqlite3* target, const std::string& name) {
  Table table;
  auto* const query = prepared(source, "SELECT * FROM " + name + " ORDER BY seq");
  const int columns = sqlite3_column_count(query);
  while (sqlite3_step(query) == SQLITE_ROW) {
    auto& row = table.rows.emplace_back();
    for (int i = 0; i < columns; ++i) {
      row.push_back(sqlite3_value_dup(sqlite3_column_value(query, i)));
    }
  }
  sqlite3_finalize(query);
  std::string marks = "?";
  for (int i = 1; i < columns; ++i) marks += ",?";
  table.insert = prepared(target, "INSERT INTO " + name + " VALUES(" + marks + ")");
  return table;
}

void insert_next(sqlite3* target, Table& table, std::int64_t seq) {
  while (table.next < table.rows.size() &&
         sqlite3_value_int64(table.rows[table.next].front()) <= seq) {
    const auto& row = table.rows[table.next++];
    for (std::size_t i = 0; i < row.size(); ++i) {
      sqlite3_bind_value(table.insert, static_cast<int>(i) + 1, row[i]);
    }
    if (sqlite3_step(table.insert) != SQLITE_DONE) fail(target, "insert");
    sqlite3_reset(table.insert);
  }
}

void copy_schema(sqlite3* source, sqlite3* target) {
  auto* const query = prepared(source, "SELECT sql FROM sqlite_schema WHERE sql NOT NULL");
  while (sqlite3_step(query) == SQLITE_ROW) {
    run(target, reinterpret_cast<const char*>(sqlite3_column_text(query, 0)));
  }
  sqlite3_finalize(query);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || sodium_init() < 0) {
    std::cerr << "usage: raw_batch LEDGER.db FOLDER\n";
    return 64;
  }
  auto* const source = opened(argv[1], SQLITE_OPEN_READONLY);
  const auto path = std::string(argv[2]) + "/raw.db";
  auto* const target = opened(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  for (const auto* setting : {"journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON",
                              "foreign_keys=ON", "cache_size=-16384"}) {
    run(target, std::string("PRAGMA ") + setting);
  }
  copy_schema(source, target);
  std::vector<Table> kept;
  for (const auto* name : tables) kept.push_back(read(source, target, name));
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open_key{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_keypair(open_key.data(), secret.data());

  const auto began = std::chrono::steady_clock::now();
  const auto used = std::clock();
  const auto entries = kept.front().rows.size();
  for (std::size_t i = 0; i < entries; ++i) {
    if (i % group == 0) run(target, "BEGIN IMMEDIATE");
    auto* const seq = kept.front().rows[i].front();
    auto* const body = kept.front().rows[i].back();
    crypto_sign_detached(signature.data(), nullptr,
                         static_cast<const unsigned char*>(sqlite3_value_blob(body)),
                         static_cast<unsigned long long>(sqlite3_value_bytes(body)), secret.data());
    for (auto& table : kept) insert_next(target, table, sqlite3_value_int64(seq));
    if (i % group + 1 == group || i + 1 == entries) run(target, "COMMIT");
  }
  const double processor = static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
  std::cout << "{\"rows\":" << entries << ",\"wall\":" << wall.count()
            << ",\"processor\":" << processor << "}\n";
  return 0;
}
