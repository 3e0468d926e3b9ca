#include "reporting/set_in_force.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "ledger/activation.hpp"
#include "ledger/reader.hpp"

namespace lexecon::reporting {
namespace {

std::vector<decision::SetFile> files_of(store::Database& database, const chain::Entry& activation) {
  const auto digests = ledger::files_of(activation);
  if (!digests)
    throw Error(ErrorCode::integrity, "expected the files of a set",
                chain::entry_id(activation.seq));
  std::vector<decision::SetFile> out;
  for (const auto& file : *digests) {
    auto bytes = ledger::read_policy_file(database, file.sha256);
    if (!bytes) throw Error(ErrorCode::integrity, "a file of the set in force is gone", file.name);
    out.push_back({file.name, *std::move(bytes)});
  }
  return out;
}

/// The last activation of the reported part of the log.
std::optional<chain::Entry> last_activation(const Ground& ground) {
  std::optional<chain::Entry> last;
  ledger::EntryFilter filter;
  filter.event_type = "policy.activated";
  filter.to = ground.end;
  ledger::each_entry(ground.database, filter, [&](const ledger::StoredEntry& stored) {
    if (stored.entry.seq < ground.checkpoint.tree_size) last = stored.entry;
  });
  return last;
}

}  // namespace

std::optional<SetInForce> set_in_force(const Ground& ground) {
  const auto activation = last_activation(ground);
  if (!activation) return std::nullopt;
  const auto files = files_of(ground.database, *activation);
  const auto node = std::find_if(files.begin(), files.end(),
                                 [](const auto& file) { return file.name == "node.yaml"; });
  return SetInForce{.seq = activation->seq,
                    .set = decision::load_set(files),
                    .rules = decision::load_retention(node->bytes, node->name)};
}

}  // namespace lexecon::reporting
