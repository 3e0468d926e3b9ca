#include "ledger/projections.hpp"

#include <string>

namespace lexecon::ledger {

store::Statement rows_of(store::Database& database, const char* table) {
  std::string whole = "''";
  auto columns = database.prepare("SELECT name FROM pragma_table_info(?1)");
  columns.bind(1, std::string_view(table));
  while (columns.step()) whole += " || quote(" + columns.text(0) + ") || ','";
  return database.prepare("SELECT seq, " + whole + " FROM " + table + " ORDER BY seq");
}

}  // namespace lexecon::ledger
