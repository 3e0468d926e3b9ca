#include "store/schema.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.hpp"
#include "store/steps.hpp"

namespace lexecon::store {
namespace {

std::int64_t pragma(Database& database, std::string_view name) {
  Statement statement = database.prepare("PRAGMA " + std::string(name));
  statement.step();
  return statement.integer(0);
}

std::vector<std::string> statements_of(Database& database) {
  Statement statement = database.prepare("SELECT type, name, sql FROM sqlite_schema");
  std::vector<std::string> found;
  while (statement.step()) {
    found.push_back(statement.is_null(2)
                        ? "automatic " + statement.text(0) + " " + statement.text(1)
                        : statement.text(2));
  }
  return found;
}

std::vector<std::string_view> expected_statements() {
  std::vector<std::string_view> expected;
  for (const Step step : steps()) expected.insert(expected.end(), step.begin(), step.end());
  return expected;
}

std::string first_line(std::string_view sql) { return std::string(sql.substr(0, sql.find('\n'))); }

[[noreturn]] void newer(Database& database, std::int64_t version) {
  throw Error(ErrorCode::configuration,
              "schema " + std::to_string(schema_version) +
                  " is the newest this program knows, found " + std::to_string(version),
              database.path().string(), "use the lexecon that wrote it, or a newer one");
}

}  // namespace

void migrate(Database& database) {
  const std::int64_t found = pragma(database, "user_version");
  if (found > schema_version) newer(database, found);
  if (found < 0 || (found == 0 && !statements_of(database).empty())) {
    throw Error(ErrorCode::integrity, "not a lexecon ledger: it holds tables but no schema version",
                database.path().string());
  }
  if (found == 0) database.execute("PRAGMA application_id=" + std::to_string(application_id));
  for (auto version = static_cast<std::size_t>(found); version < steps().size(); ++version) {
    for (const char* const sql : steps()[version]) database.execute(sql);
    database.execute("PRAGMA user_version=" + std::to_string(version + 1));
  }
}

void check_schema(Database& database) {
  if (const auto id = pragma(database, "application_id"); id != application_id) {
    throw Error(ErrorCode::integrity,
                "not a lexecon ledger: application id " + std::to_string(application_id) +
                    " expected, found " + std::to_string(id),
                database.path().string());
  }
  const std::int64_t version = pragma(database, "user_version");
  if (version > schema_version) newer(database, version);
  if (version != schema_version) {
    throw Error(
        ErrorCode::integrity,
        "schema " + std::to_string(schema_version) + " expected, found " + std::to_string(version),
        database.path().string());
  }
  auto expected = expected_statements();
  auto found = statements_of(database);
  if (std::equal(found.begin(), found.end(), expected.begin(), expected.end())) return;
  // A vacuum puts the indexes behind the tables.
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  std::vector<std::string> extra;
  std::set_difference(found.begin(), found.end(), expected.begin(), expected.end(),
                      std::back_inserter(extra));
  std::vector<std::string_view> absent;
  std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                      std::back_inserter(absent));
  if (extra.empty() && absent.empty()) return;
  const std::string seen = extra.empty() ? "the schema lacks `" + first_line(absent.front()) + "`"
                                         : "the schema holds a statement of another's: `" +
                                               first_line(extra.front()) + "`";
  throw Error(ErrorCode::integrity, seen, database.path().string());
}

Database empty_tables() {
  auto out = Database::in_memory();
  Transaction made(out, Transaction::Kind::write);
  migrate(out);
  made.commit();
  return out;
}

}  // namespace lexecon::store
