#include "service/erasing.hpp"

#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "oversight/evidence.hpp"
#include "oversight/evidence_files.hpp"
#include "registry/evidence.hpp"
#include "store/schema.hpp"

namespace lexecon::service {
namespace {

constexpr std::uint64_t max_list_bytes = 64 * 1024 * 1024;

std::set<Hash> listed(const ledger::NodeFiles& files) {
  std::set<Hash> out;
  if (!is_erasing(files)) return out;
  for (const auto& line : split(read_file(files.erasing(), max_list_bytes), '\n')) {
    if (const auto hash = hash_from_hex(line)) out.insert(*hash);
  }
  return out;
}

/// Without those that some evidence on record still names.
std::set<Hash> without_named(store::Database& database, std::set<Hash> hashes) {
  for (const auto seq : oversight::all_evidence(database)) {
    if (hashes.empty()) break;
    const auto stored = registry::entry_behind(database, "evidence", seq, "evidence.added");
    if (const auto file = oversight::file_of(database, stored.entry)) hashes.erase(file->sha256);
  }
  return hashes;
}

void remove_evidence(const ledger::NodeFiles& files, const Hash& sha256) {
  try {
    destroy_file(oversight::evidence_path(files.evidence(), sha256));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) throw;
  }
}

}  // namespace

bool is_erasing(const ledger::NodeFiles& files) {
  std::error_code failed;
  return std::filesystem::exists(std::filesystem::symlink_status(files.erasing(), failed));
}

void begin_erasing(const ledger::NodeFiles& files, const std::set<Hash>& evidence) {
  auto all = listed(files);
  all.insert(evidence.begin(), evidence.end());
  std::string text;
  for (const auto& hash : all) text += hash.hex() + "\n";
  replace_file(files.erasing(), text, Access::private_to_owner);
}

void end_erasing(const ledger::NodeFiles& files, store::Database& database) {
  // A crash in between left it: no longer needed, and full of what was erased.
  database.wipe_journal();
  for (const auto& hash : without_named(database, listed(files))) remove_evidence(files, hash);
  database.vacuum();
  destroy_file(files.erasing());
}

void mend_erasing(const ledger::NodeFiles& files, const ledger::WriteOptions& options) {
  if (!is_erasing(files)) return;
  try {
    const FileLock lock(files.lock(), options.patience);
    if (!is_erasing(files)) return;  // another process did it
    store::Database database(files.database(), store::OpenMode::read_write, options.patience);
    store::check_schema(database);  // reads, and so rolls back what was not committed
    end_erasing(files, database);
  } catch (const Error&) {
    // `lexecon doctor` names what is left, and the next act tries again.
  }
}

}  // namespace lexecon::service
