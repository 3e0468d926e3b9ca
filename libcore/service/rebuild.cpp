#include "service/rebuild.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "chain/merkle.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "ledger/frontier.hpp"
#include "ledger/ground.hpp"
#include "ledger/projections.hpp"
#include "ledger/reader.hpp"
#include "ledger/tree.hpp"
#include "service/act.hpp"
#include "store/schema.hpp"

namespace lexecon::service {
namespace {

/// What a table says, so that two states of it can be compared.
struct Said {
  std::uint64_t rows = 0;
  Hash hash;
  friend bool operator==(const Said&, const Said&) = default;
};

Said said_by(store::Statement rows) {
  Said said;
  while (rows.step()) {
    said.hash = crypto::sha256({said.hash.view(), rows.view(1)});
    ++said.rows;
  }
  return said;
}

std::vector<Said> said_by_tables(store::Database& database) {
  std::vector<Said> out;
  for (const auto* table : ledger::projection_tables) {
    out.push_back(said_by(ledger::rows_of(database, table)));
  }
  out.push_back(said_by(database.prepare(
      "SELECT level, level || ' ' || quote(hash) FROM frontier ORDER BY level DESC")));
  return out;
}

/// Returns how many entries are here.
std::uint64_t write_tables(store::Database& database) {
  for (const auto* table : ledger::projection_tables) {
    database.execute(std::string("DELETE FROM ") + table);
  }
  chain::CompactRange before_last;
  chain::CompactRange range;
  std::uint64_t entries = 0;
  ledger::each_leaf(database, ledger::size(database), ledger::Beside::nothing,
                    [&](const ledger::Leaf& leaf) {
                      if (leaf.body) {
                        project(database, chain::parse_entry(*leaf.body));
                        ++entries;
                      }
                      before_last = range;
                      range.append(leaf.hash);
                    });
  ledger::write_frontier(database, before_last);
  return entries;
}

/// A frontier that is not that of the entries is mended; any other failure is not for tables to mend.
void require_valid(const ledger::NodeFiles& files, const ledger::VerifyOptions& known) {
  const auto found = ledger::verify(files, known);
  if (found.verdict == ledger::Verdict::valid) return;
  for (const auto& check : found.checks) {
    if (check.status != ledger::CheckStatus::fail || check.name == "frontier") continue;
    throw Error(ErrorCode::integrity, "the ledger is invalid: " + check.detail, check.name,
                "`lexecon ledger verify` says all that is wrong; entries cannot be made again, a "
                "backup can be restored");
  }
  if (found.cause) {
    throw Error(ErrorCode::integrity,
                "whether the ledger is valid cannot be decided: " + *found.cause,
                files.database().string(), "see lexecon-ledger(5), Recovery");
  }
}

}  // namespace

bool Rebuilt::changed() const {
  return std::any_of(tables.begin(), tables.end(), [](const auto& table) { return table.changed; });
}

Rebuilt rebuild(const ledger::NodeFiles& files, const ledger::WriteOptions& options) {
  return rebuild(files, options,
                 {.state_home = options.state_home, .pins = {}, .older_notes = {}, .skip = {}});
}

Rebuilt rebuild(const ledger::NodeFiles& files, const ledger::WriteOptions& options,
                const ledger::VerifyOptions& known) {
  ledger::refuse_network_filesystem(files.folder, options.allow_network_filesystem);
  const FileLock lock(files.lock(), options.patience);
  store::Database database(files.database(), store::OpenMode::read_write, options.patience);
  store::Transaction transaction(database, store::Transaction::Kind::write);
  // SECURITY: verified behind the lock of the database, so that nobody changes an entry after it.
  require_valid(files, known);
  const auto before = said_by_tables(database);
  Rebuilt rebuilt;
  rebuilt.entries = write_tables(database);
  const auto after = said_by_tables(database);
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::string name =
        i < ledger::projection_tables.size() ? ledger::projection_tables.at(i) : "frontier";
    rebuilt.tables.push_back({name, after[i].rows, before[i] != after[i]});
  }
  if (rebuilt.changed()) transaction.commit();
  return rebuilt;
}

Json to_json(const Rebuilt& rebuilt) {
  Json tables = Json::array();
  for (const auto& table : rebuilt.tables) {
    tables.push_back({{"name", table.name}, {"rows", table.rows}, {"changed", table.changed}});
  }
  return {{"schema", "lexecon.rebuild/1"},
          {"entries", rebuilt.entries},
          {"changed", rebuilt.changed()},
          {"tables", std::move(tables)}};
}

}  // namespace lexecon::service
