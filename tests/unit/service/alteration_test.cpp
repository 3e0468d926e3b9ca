// A ledger with an entry of every kind, altered in every value of every table, in every row, and in
// the bytes of its pages: nothing passes with other content, and the entry is named.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "office.hpp"
#include "service/act.hpp"
#include "service/activate.hpp"
#include "service/tokens.hpp"

namespace lexecon {
namespace {

using ledger::Verdict;
using test::Office;

// One decision of each outcome, and its token issued later, used, refused and revoked.
void use_tokens(Office& office) {
  const auto request = decision::parse_request(test::reading());
  const token::Presented presented{.audience = {},
                                   .action = request.action,
                                   .tool = {},
                                   .resource = request.resource,
                                   .data_classes = {},
                                   .params_hash = {}};
  office.pass(1);
  const auto late = office.decide(test::reading(), {.with_token = false});
  office.pass(1);
  const auto issued =
      service::issue_token(office.node(), late.data.at("decision_id").get<std::string>(),
                           std::nullopt, std::nullopt, office.session());
  for (int i = 0; i < 2; ++i) {  // used, then refused
    office.pass(1);
    static_cast<void>(
        service::verify_token(office.node(), issued.token, presented, office.session()));
  }
  office.pass(1);
  service::RevokeTarget target;
  target.token = office.decide(test::reading()).token;
  office.pass(1);
  static_cast<void>(service::revoke_tokens(office.node(), target, "lost", office.session()));
}

class Original {
 public:
  Original() {
    for (int round = 0; round < 3; ++round) {
      for (auto each : {test::reading(), test::dropping(), test::paying(), test::shipping()}) {
        office.pass(1);
        each["idempotency_key"] =
            "key-" + std::to_string(round) + each.at("action").get<std::string>();
        if (round == 1) each["tenant"] = "tenant-1";
        static_cast<void>(office.decide(each));
      }
      use_tokens(office);
      if (round == 0) activate();
    }
    office.pass(-3'600);
    office.session().write.accept_clock = true;
    static_cast<void>(office.decide(test::reading()));
    bytes = test::slurp(path());
    size = office.entries();
  }

  [[nodiscard]] Path path() const { return office.node().files.database(); }
  [[nodiscard]] store::Database open() const {
    store::Database database(path(), store::OpenMode::read_write);
    database.execute("PRAGMA foreign_keys=OFF");
    database.execute("PRAGMA synchronous=OFF");
    return database;
  }
  void restore() const { std::ofstream(path(), std::ios::binary | std::ios::trunc) << bytes; }
  [[nodiscard]] ledger::Verification verify(bool deep) const {
    ledger::VerifyOptions options;
    if (deep) options.project = service::project;
    return ledger::verify(office.node().files, options);
  }

  Office office;
  std::string bytes;
  std::uint64_t size = 0;

 private:
  void activate() {
    office.pass(1);
    office.write("risk.yaml", "threshold: 70\n");
    static_cast<void>(service::activate(office.node(), std::nullopt, {}, office.session()));
  }
};

const std::set<std::string> ledger_tables{"entries", "sealed", "checkpoints", "frontier",
                                          "policy_files"};

struct Table {
  std::string name;
  std::string key;  // its first column
  std::vector<std::string> columns;
  std::vector<std::string> keys;  // of its rows, as literals
};

std::vector<Table> tables_of(const Original& original) {
  auto database = original.open();
  std::vector<Table> tables;
  auto names =
      database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (names.step()) {
    Table table{names.text(0), {}, {}, {}};
    auto columns = database.prepare("SELECT name FROM pragma_table_info(?1)");
    columns.bind(1, std::string_view(table.name));
    while (columns.step()) table.columns.push_back(columns.text(0));
    table.key = table.columns.front();
    auto rows = database.prepare("SELECT quote(" + table.key + ") FROM " + table.name +
                                 " ORDER BY " + table.key);
    while (rows.step()) table.keys.push_back(rows.text(0));
    tables.push_back(std::move(table));
  }
  return tables;
}

// What a column may be set to: of other types, other values, a neighbour's value.
std::vector<std::string> values_for(const Table& table, const std::string& column) {
  const std::string others = "(SELECT " + column + " FROM " + table.name + " AS other ";
  return {"NULL",
          "-1",
          "''",
          "x''",
          "x'00'",
          "7",
          column + " + 1000",
          column + " || 'x'",
          "CAST(" + column + " || x'00' AS BLOB)",
          "substr(" + column + ", 2)",
          "upper(" + column + ")",
          "zeroblob(length(" + column + "))",
          others + "ORDER BY " + table.key + " LIMIT 1)",
          others + "WHERE other." + table.key + " > " + table.name + "." + table.key +
              " ORDER BY " + table.key + " LIMIT 1)"};
}

struct Alteration {
  std::string table;
  std::string row;  // the literal of its key
  std::string sql;
  bool moves = false;  // the row, to where another may be missed or too many
};

// Two rows change places but for their keys.
std::string swapped(const Table& table, const std::string& one, const std::string& other) {
  std::string columns;
  for (const auto& column : table.columns) {
    if (column != table.key) columns += (columns.empty() ? "" : ", ") + column;
  }
  return "UPDATE " + table.name + " SET (" + columns + ") = (SELECT " + columns + " FROM " +
         table.name + " AS other WHERE other." + table.key + " IN (" + one + ", " + other +
         ") AND other." + table.key + " <> " + table.name + "." + table.key + ") WHERE " +
         table.key + " IN (" + one + ", " + other + ")";
}

std::string doubled(const Table& table, const std::string& row) {
  std::string columns;
  for (const auto& column : table.columns) {
    if (column != table.key) columns += ", " + column;
  }
  const std::string key = table.name == "policy_files" ? "zeroblob(32)" : table.key + " + 1000";
  return "INSERT INTO " + table.name + " SELECT " + key + columns + " FROM " + table.name +
         " WHERE " + table.key + " = " + row;
}

std::vector<Alteration> alterations_of(const Table& table) {
  std::vector<Alteration> all;
  for (std::size_t i = 0; i < table.keys.size(); ++i) {
    const std::string& row = table.keys[i];
    const std::string where = " WHERE " + table.key + " = " + row;
    for (const auto& column : table.columns) {
      for (const auto& value : values_for(table, column)) {
        all.push_back({table.name, row,
                       "UPDATE " + table.name + " SET " + column + " = " + value + where + " AND " +
                           column + " IS NOT " + value,
                       column == table.key});
      }
    }
    all.push_back({table.name, row, "DELETE FROM " + table.name + where});
    all.push_back({table.name, "", doubled(table, row)});
    if (i + 1 < table.keys.size()) {
      all.push_back({table.name, row, swapped(table, row, table.keys[i + 1])});
    }
  }
  return all;
}

// False when the table refuses it, or it changes nothing.
bool apply(const Original& original, const Alteration& alteration) {
  auto database = original.open();
  try {
    database.execute(alteration.sql);
  } catch (const Error&) {
    return false;
  }
  return database.changes() > 0;
}

std::optional<std::string> failed_check(const ledger::Verification& found) {
  for (const auto& check : found.checks) {
    if (check.status == ledger::CheckStatus::fail) return check.name;
  }
  return std::nullopt;
}

void expect_found(const Original& original, const Alteration& alteration) {
  CAPTURE(alteration.sql);
  const bool is_ledger = ledger_tables.contains(alteration.table);
  // A clock that went back repeats the last time, so the two transactions look like one: the
  // checkpoint between them is not missed, and all that it signed the next one signs.
  const std::string before_the_clock = std::to_string(original.size - 2);
  if (alteration.sql == "DELETE FROM checkpoints WHERE tree_size = " + before_the_clock) {
    CHECK(original.verify(false).verdict == Verdict::valid);
    return;
  }
  const auto found = original.verify(!is_ledger);
  CHECK(found.verdict == Verdict::invalid);
  if (!is_ledger) {
    CHECK(failed_check(found) == "projections");
    return;
  }
  if (alteration.table != "entries" && alteration.table != "sealed") return;
  const auto first = found.first_bad_seq.value_or(UINT64_MAX);
  if (!alteration.row.empty()) {
    const auto row = std::stoull(alteration.row);
    CHECK((alteration.moves ? first <= row : first == row));
  } else if (alteration.table == "entries") {
    CHECK(first == original.size);  // an entry too many
  }
}

// Everything that a reader would ever show of a ledger.
std::string content(const Original& original, const std::vector<Table>& tables) {
  store::Database database(original.path(), store::OpenMode::read_only);
  std::string all;
  for (const auto& table : tables) {
    if (!ledger_tables.contains(table.name)) continue;
    std::string row = "'" + table.name + "'";
    for (const auto& column : table.columns) row += " || '|' || quote(" + column + ")";
    auto rows =
        database.prepare("SELECT " + row + " FROM " + table.name + " ORDER BY " + table.key);
    while (rows.step()) all += rows.text(0) + "\n";
  }
  return all;
}

// Where the bytes of each entry stand in the file, when they stand there in one piece.
std::map<std::size_t, std::uint64_t> places_of(const Original& original) {
  std::map<std::size_t, std::uint64_t> places;
  const auto bodies = original.office.bodies();
  for (std::size_t seq = 0; seq < bodies.size(); ++seq) {
    const auto at = original.bytes.find(bodies[seq]);
    if (at == std::string::npos) continue;
    for (std::size_t i = 0; i < bodies[seq].size(); ++i) places[at + i] = seq;
  }
  return places;
}

// The pages of what is signed and of what is sealed.
std::vector<std::size_t> pages_of(const Original& original) {
  auto database = original.open();
  auto statement = database.prepare(
      "SELECT pageno FROM dbstat WHERE name IN ('entries', 'sealed', 'checkpoints') ORDER BY "
      "pageno");
  std::vector<std::size_t> pages;
  while (statement.step()) pages.push_back(static_cast<std::size_t>(statement.integer(0)));
  return pages;
}

}  // namespace

TEST_SUITE("service/alteration") {
  // In CI one of a few, and of each table one at least; all of them in the campaign.
  TEST_CASE("every column of every row of every table") {
    const Original original;
    REQUIRE(original.verify(true).verdict == Verdict::valid);
    CHECK(original.size >= 30);
    std::map<std::string, std::size_t> applied;
    std::size_t total = 0;
    const std::size_t stride = test::rounds() > 1 ? 1 : 17;
    std::size_t number = test::first_seed() % stride;
    for (const Table& table : tables_of(original)) {
      for (const auto& alteration : alterations_of(table)) {
        if (++number % stride != 0 && applied.contains(table.name)) continue;
        if (!apply(original, alteration)) continue;
        expect_found(original, alteration);
        ++applied[table.name];
        ++total;
        original.restore();
      }
    }
    CHECK(original.verify(true).verdict == Verdict::valid);
    CHECK(applied.size() >= 10);
    CHECK(total > (stride == 1 ? 2'000U : 150U));
    std::cout << "rows altered: " << total << " of one in " << stride << ", in " << applied.size()
              << " tables of a ledger of " << original.size << " entries, seed "
              << test::first_seed() << "\n";
  }

  TEST_CASE("a last entry that links to another is the bad one") {
    const Original original;
    const std::string last = original.office.bodies().back();
    const std::string member = R"("previous_hash":")";
    const auto at = original.bytes.find(last) + last.find(member) + member.size();
    std::string altered = original.bytes;
    altered[at] = altered[at] == '0' ? '1' : '0';
    std::ofstream(original.path(), std::ios::binary | std::ios::trunc) << altered;
    const auto found = original.verify(false);
    CHECK(found.verdict == Verdict::invalid);
    CHECK(found.first_bad_seq.value_or(UINT64_MAX) == original.size - 1);
    original.restore();
  }

  TEST_CASE("every byte of the pages of entries, sealed content and checkpoints") {
    const Original original;
    const auto tables = tables_of(original);
    const std::string before = content(original, tables);
    const auto places = places_of(original);
    CHECK(places.size() > 1'000);
    const std::size_t stride = test::rounds() > 1 ? 1 : 293;
    std::size_t invalid = 0;
    std::size_t refused = 0;
    std::size_t unused = 0;
    for (const std::size_t page : pages_of(original)) {
      for (std::size_t at = (page - 1) * 4'096 + test::first_seed() % stride; at < page * 4'096;
           at += stride) {
        CAPTURE(at);
        std::string flipped = original.bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        std::ofstream(original.path(), std::ios::binary | std::ios::trunc) << flipped;
        try {
          const auto found = original.verify(false);
          const auto place = places.find(at);
          if (place != places.end()) {
            CHECK(found.verdict == Verdict::invalid);
            CHECK(found.first_bad_seq == place->second);
          }
          if (found.verdict == Verdict::invalid) {
            ++invalid;
          } else {
            ++unused;
            CHECK(content(original, tables) == before);
          }
        } catch (const Error& error) {
          CAPTURE(error.message());
          CHECK(error.code() == ErrorCode::configuration);  // the header: WAL, or a newer schema
          ++refused;
        }
      }
    }
    original.restore();
    CHECK(invalid > 50);
    std::cout << "bytes flipped in pages: " << invalid << " invalid, " << refused << " refused, "
              << unused << " without effect; one in " << stride << "\n";
  }
}

}  // namespace lexecon
