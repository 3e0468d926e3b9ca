#include <cstdint>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "fuzz/targets.hpp"
#include "ledger/reader.hpp"
#include "ledger/verify.hpp"
#include "service/act.hpp"
#include "support/support.hpp"

namespace {

using lexecon::ledger::Verdict;

// Whatever is called valid can be read to its end, as many entries as were verified.
void read_all(const lexecon::ledger::NodeFiles& files, std::uint64_t verified) {
  lexecon::store::Database database(files.database(), lexecon::store::OpenMode::read_only);
  std::uint64_t entries = 0;
  lexecon::ledger::each_entry(database, {}, [&](const lexecon::ledger::StoredEntry& stored) {
    static_cast<void>(lexecon::ledger::read_sealed(database, stored.entry));
    ++entries;
  });
  lexecon::fuzz::require(entries == verified, "not as many entries as were verified");
}

}  // namespace

// The file of a ledger from somebody else.
void lexecon::fuzz::database(std::string_view bytes) {
  static const test::TempFolder folder;
  const ledger::NodeFiles files{folder.path()};
  std::ofstream(files.database(), std::ios::binary | std::ios::trunc) << bytes;
  ledger::VerifyOptions options;
  options.project = service::project;
  options.deep = true;
  const auto found = ledger::verify(files, options);
  static_cast<void>(ledger::to_json(found));
  if (found.verdict == Verdict::invalid) {
    throw Error(ErrorCode::integrity, "an altered ledger");
  }
  read_all(files, found.entries_verified);
}
