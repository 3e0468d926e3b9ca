#include "service/sets.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/hash.hpp"
#include "ledger/reader.hpp"
#include "service/set_cache.hpp"

namespace lexecon::service {
namespace {

std::string bytes_on_record(store::Database& database, const decision::FileDigest& file) {
  auto bytes = ledger::read_policy_file(database, file.sha256);
  if (!bytes) {
    throw Error(ErrorCode::integrity, "the bytes of an activated file are not on record", file.name,
                "run lexecon ledger verify");
  }
  // SECURITY: what judges is what was activated, whatever the table says
  if (crypto::sha256(*bytes) != file.sha256) {
    throw Error(ErrorCode::integrity, "the bytes on record do not give the activated digest",
                file.name, "run lexecon ledger verify");
  }
  return std::move(*bytes);
}

[[noreturn]] void refuse_file(const registry::SetRow& set, const std::string& name) {
  std::vector<std::string> names;
  std::vector<std::string> spellings;
  for (const auto& known : set.files) {
    names.push_back(known.name);
    spellings.push_back(known.name);
    spellings.push_back(known.name.substr(known.name.rfind('/') + 1));
  }
  const auto near = did_you_mean(name, spellings);
  throw Error(ErrorCode::not_found, "the set has no file `" + name + "`", {},
              near ? "did you mean `" + *near + "`?" : "its files: " + join(names, ", "));
}

/// It loaded when it was activated: now the program is the one that does not fit.
decision::ActiveSet load_or_say(const std::vector<decision::SetFile>& files) {
  try {
    return decision::load_set(files);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    throw Error(ErrorCode::configuration, "the active set does not load: " + error.message(),
                error.where(), "activate a set that this version of lexecon reads");
  }
}

}  // namespace

std::vector<decision::SetFile> set_files(store::Database& database, const registry::SetRow& set) {
  std::vector<decision::SetFile> files;
  files.reserve(set.files.size());
  for (const auto& file : set.files) files.push_back({file.name, bytes_on_record(database, file)});
  return files;
}

decision::ActiveSet load_recorded(store::Database& database, const registry::SetRow& set) {
  auto loaded = load_or_say(set_files(database, set));
  if (loaded.policy_hash != set.policy_hash) {
    throw Error(ErrorCode::integrity, "the files on record do not give the activated set's hash",
                chain::entry_id(set.seq), "run lexecon ledger verify");
  }
  return loaded;
}

decision::ActiveSet load_recorded(store::Database& database, const registry::SetRow& set,
                                  const SetCache& cache) {
  if (auto kept = cache.find(set)) return std::move(*kept);
  auto loaded = load_recorded(database, set);
  cache.keep(loaded);
  return loaded;
}

std::optional<decision::ActiveSet> load_active(store::Database& database) {
  const auto set = registry::active_set(database);
  if (!set) return std::nullopt;
  return load_recorded(database, *set);
}

std::optional<decision::ActiveSet> load_active(store::Database& database, const SetCache& cache) {
  const auto set = registry::active_set(database);
  if (!set) return std::nullopt;
  return load_recorded(database, *set, cache);
}

std::vector<registry::SetRow> list_sets(const Node& node) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  return registry::all_sets(database);
}

registry::SetRow find_set(const Node& node, const std::optional<Hash>& hash) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  auto row = hash ? registry::find_set(database, *hash) : registry::active_set(database);
  if (row) return std::move(*row);
  if (hash) {
    throw Error(ErrorCode::not_found, "no set with hash `" + hash->hex() + "` was ever activated",
                {}, "lexecon policy list shows them");
  }
  throw Error(ErrorCode::not_found, "no set is active", {}, "run lexecon policy activate");
}

std::string set_file_bytes(const Node& node, const registry::SetRow& set, const std::string& name) {
  const auto file =
      std::find_if(set.files.begin(), set.files.end(), [&name](const auto& candidate) {
        return candidate.name == name || candidate.name == "policies/" + name;
      });
  if (file == set.files.end()) refuse_file(set, name);
  auto database = open_ledger(node);
  return bytes_on_record(database, *file);
}

Json to_json(const registry::SetRow& set, bool active) {
  auto files = Json::array();
  for (const auto& file : set.files) {
    files.push_back({{"name", file.name}, {"sha256", file.sha256.hex()}});
  }
  return {{"schema", "lexecon.policy_set/1"},
          {"policy_hash", set.policy_hash.hex()},
          {"previous_hash", set.previous_hash ? Json(set.previous_hash->hex()) : Json()},
          {"mode", set.mode},
          {"four_eyes", set.four_eyes},
          {"files", std::move(files)},
          {"active", active},
          {"activated_at", to_text(set.activated_at)},
          {"seq", set.seq},
          {"ledger_entry_id", chain::entry_id(set.seq)}};
}

}  // namespace lexecon::service
