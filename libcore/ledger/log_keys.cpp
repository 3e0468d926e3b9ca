#include "ledger/log_keys.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"

namespace lexecon::ledger {
namespace {

std::optional<Lost> lost_in(const Json& value) {
  if (!value.is_object()) return std::nullopt;
  const Json root = value.value("root_hash", Json());
  const Json size = value.value("tree_size", Json());
  if (!root.is_string() || !size.is_number_integer()) return std::nullopt;
  const auto hash = hash_from_hex(root.get_ref<const std::string&>());
  if (!hash || size.get<std::int64_t>() < 1) return std::nullopt;
  return Lost{*hash, size.get<std::uint64_t>()};
}

[[noreturn]] void wrong(const Rotation& rotation, const std::string& what) {
  throw Error(ErrorCode::integrity, what, chain::entry_id(rotation.seq),
              "nothing was recorded; run lexecon ledger verify");
}

}  // namespace

std::optional<Rotation> rotation_in(const chain::Entry& entry) {
  if (entry.event_type != "key.rotated") return std::nullopt;
  const auto vkey = entry.data.find("ledger_vkey");
  const auto lost = entry.data.find("lost");
  if (vkey == entry.data.end() || !vkey->is_string() || lost == entry.data.end()) {
    return std::nullopt;
  }
  const auto gap = lost_in(*lost);
  if (!lost->is_null() && !gap) return std::nullopt;
  try {
    return Rotation{.seq = entry.seq,
                    .next = crypto::parse_vkey(vkey->get_ref<const std::string&>()),
                    .lost = gap};
  } catch (const Error&) {
    return std::nullopt;
  }
}

crypto::Identity LogKeys::at(std::uint64_t tree_size) const {
  const auto signs = [&](const Rotation& rotation) { return rotation.last_before() < tree_size; };
  const auto last = std::find_if(rotations.rbegin(), rotations.rend(), signs);
  return {genesis.name, last == rotations.rend() ? genesis.key : last->next.key};
}

crypto::Identity LogKeys::in_force() const { return at(UINT64_MAX); }

bool LogKeys::had(const crypto::PublicKey& key) const {
  return sizes_of(key) && key != in_force().key;
}

std::optional<LogKeys::Sizes> LogKeys::sizes_of(const crypto::PublicKey& key) const {
  Sizes sizes;
  const auto* holder = &genesis.key;
  for (const Rotation& rotation : rotations) {
    if (*holder == key) {
      sizes.last = rotation.last_before();
      return sizes;
    }
    sizes.first = rotation.last_before() + 1;
    holder = &rotation.next.key;
  }
  return *holder == key ? std::optional(sizes) : std::nullopt;
}

std::optional<Rotation> LogKeys::last_gap() const {
  const auto is_gap = [](const Rotation& rotation) { return rotation.lost.has_value(); };
  const auto last = std::find_if(rotations.rbegin(), rotations.rend(), is_gap);
  return last == rotations.rend() ? std::nullopt : std::optional(*last);
}

// SECURITY: any other key of the log has no word at that size.
chain::Checkpoint open_checkpoint(std::string_view note, const LogKeys& keys) {
  const auto size = chain::parse_checkpoint(chain::parse_note(note)).tree_size;
  return chain::open_checkpoint(note, keys.at(size));
}

LogKeys read_log_keys(store::Database& database, const crypto::Identity& genesis) {
  LogKeys keys{.genesis = genesis, .rotations = {}};
  EntryFilter rotations;
  rotations.event_type = "key.rotated";
  each_entry(database, rotations, [&](const StoredEntry& stored) {
    const auto rotation = rotation_in(stored.entry);
    if (!rotation) {
      throw Error(ErrorCode::integrity, "a rotation of the log's key names no key",
                  chain::entry_id(stored.entry.seq), "run lexecon ledger verify");
    }
    if (rotation->next.name != genesis.name) {
      wrong(*rotation, "the next key of the log is named `" + rotation->next.name + "`");
    }
    if (keys.sizes_of(rotation->next.key)) wrong(*rotation, "the log had that key before");
    keys.rotations.push_back(*rotation);
  });
  return keys;
}

}  // namespace lexecon::ledger
