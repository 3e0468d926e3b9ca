// Evidence on record: files that were added and what they are for, and the entries that are evidence
// themselves.
//
// Shapes   a decision is a decision_log, and an activation a policy_snapshot, without a file
// Errors   Error{integrity} when a row and the entries differ, or sealed content is not what it was
// Source   lexecon-ledger(5), evidence.*
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

/// What stands in the sealed content: erased with it, the digest too.
struct EvidenceFile {
  Hash sha256;
  std::uint64_t size = 0;
  std::string media_type;
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::string retention;  // a code
};
[[nodiscard]] Json sealed_value(const EvidenceFile& file);
[[nodiscard]] EvidenceFile parse_evidence_file(const Json& value);
/// evd_<type>_<32 hex of sealed_hash>
[[nodiscard]] std::string evidence_id(std::string_view type, const Hash& sealed_hash);
/// What an entry is evidence of: its type; nothing for an entry that is none.
[[nodiscard]] std::optional<std::string> evidence_type(const chain::Entry& entry);
/// The file of an evidence.added entry; nothing once that was erased.
[[nodiscard]] std::optional<EvidenceFile> file_of(store::Database& database,
                                                  const chain::Entry& entry);

/// What evidence is for: at least one of the two.
struct EvidenceLink {
  std::uint64_t seq = 0;
  Timestamp at;
  std::optional<std::string> decision_id;
  std::optional<std::string> control;
};
using EvidenceLinks = std::map<std::string, std::vector<EvidenceLink>, std::less<>>;  // by id
/// Of all evidence, or of one, from the entries.
[[nodiscard]] EvidenceLinks links_of(store::Database& database,
                                     std::optional<std::string_view> evidence_id);

struct EvidenceFilter {
  std::optional<std::string> type = {};
  std::optional<std::string> decision_id = {};
  std::optional<std::string> control = {};
  std::optional<std::string> tenant = {};
  std::optional<std::string> actor = {};
  std::optional<Timestamp> from = {};  // inclusive
  std::optional<Timestamp> to = {};    // exclusive
  std::optional<std::uint64_t> limit = {};
  bool reverse = false;
};
/// The seqs of everything that was added, from the entries.
[[nodiscard]] std::vector<std::uint64_t> all_evidence(store::Database& database);
/// The seq of the entry that added it.
[[nodiscard]] std::optional<std::uint64_t> find_evidence(store::Database& database,
                                                         std::string_view evidence_id);
/// The seqs of what passes, oldest first unless reverse. Entries that are evidence themselves are among
/// them where their type, or without a type their decision, is asked for.
void each_evidence(store::Database& database, const EvidenceFilter& filter,
                   const std::function<void(std::uint64_t)>& visit);

void apply_evidence(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
