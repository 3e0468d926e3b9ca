#include "service/erasure.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/json.hpp"
#include "ledger/reader.hpp"
#include "oversight/evidence.hpp"
#include "oversight/evidence_files.hpp"
#include "registry/evidence.hpp"
#include "service/erasing.hpp"

namespace lexecon::service {
namespace {

constexpr std::size_t max_seqs_bytes = 56'000;  // the rest of an entry is for what is signed

void require_values(const Erasure& erasure, Timestamp now) {
  if (erasure.seqs.empty()) {
    throw Error(ErrorCode::bad_input, "expected at least one entry to erase from");
  }
  if (!is_code(erasure.legal_basis)) {
    throw Error(
        ErrorCode::bad_input,
        "expected a legal basis of 1 to 128 of `a-z0-9_.:-`, got `" + erasure.legal_basis + "`",
        "--legal-basis", "as in gdpr:17");
  }
  if (erasure.requested_at > now) {
    throw Error(ErrorCode::bad_input, "expected a request of the past, this one is of the future",
                "--requested-at");
  }
}

std::string said_of(const std::vector<Stays>& stays) {
  constexpr std::size_t most = 5;
  std::string out;
  for (std::size_t i = 0; i < std::min(most, stays.size()); ++i) {
    out += (i == 0 ? "" : "; ") + chain::entry_id(stays[i].seq) + " " + stays[i].sentence;
  }
  if (stays.size() > most) out += "; and " + std::to_string(stays.size() - most) + " more";
  return out;
}

void require_erasable(store::Database& database, const Erasure& erasure, Timestamp at) {
  const auto stays = what_stays(database, erasure, at);
  if (stays.empty()) return;
  throw Error(ErrorCode::bad_input,
              std::to_string(stays.size()) + " of " + std::to_string(erasure.seqs.size()) +
                  " may not be erased: " + said_of(stays),
              chain::entry_id(stays.front().seq),
              "nothing was erased; lexecon privacy erase --what-may erases the others");
}

/// The seqs in lists that fit into an entry each.
std::vector<Json> lists_of(const std::vector<std::uint64_t>& seqs) {
  std::vector<Json> lists;
  std::size_t bytes = max_seqs_bytes;
  for (const auto seq : seqs) {
    const auto digits = std::to_string(seq).size() + 1;
    if (bytes + digits > max_seqs_bytes) {
      lists.push_back(Json::array());
      bytes = 0;
    }
    lists.back().push_back(seq);
    bytes += digits;
  }
  return lists;
}

std::vector<ledger::Draft> prepared(const Node& node, const Erasure& erasure,
                                    const std::optional<Signatory>& signatory, Session& session) {
  std::vector<ledger::Draft> drafts;
  for (auto& seqs : lists_of(erasure.seqs)) {
    drafts.push_back(prepare(node,
                             {.event_type = "sealed.erased",
                              .data = {{"legal_basis", erasure.legal_basis},
                                       {"requested_at", to_text(erasure.requested_at)},
                                       {"seqs", std::move(seqs)}}},
                             signatory, session));
  }
  return drafts;
}

/// The files that these entries add, if they add any.
std::set<Hash> files_of(store::Database& database, const std::vector<std::uint64_t>& seqs) {
  std::set<Hash> out;
  for (const auto seq : seqs) {
    const auto stored = ledger::read_entry(database, seq);
    if (!stored || stored->entry.event_type != "evidence.added") continue;
    if (const auto file = oversight::file_of(database, stored->entry)) {
      out.insert(file->sha256);
    }
  }
  return out;
}

void remove_sealed(store::Database& database, const std::vector<std::uint64_t>& seqs) {
  auto& row = database.kept("DELETE FROM sealed WHERE seq = ?1");
  for (const auto seq : seqs) row.bind(1, static_cast<std::int64_t>(seq)).run();
}

/// How many of them are there.
std::uint64_t count_files(const Node& node, const std::set<Hash>& hashes) {
  return static_cast<std::uint64_t>(
      std::count_if(hashes.begin(), hashes.end(), [&](const Hash& hash) {
        std::error_code failed;
        return std::filesystem::exists(
            symlink_status(oversight::evidence_path(node.files.evidence(), hash), failed));
      }));
}

}  // namespace

Erased erase(const Node& node, const Erasure& erasure, const std::optional<Signatory>& signatory,
             Session& session) {
  require_values(erasure, session.now);
  {
    // Nobody is asked for a signature that would be worth nothing.
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    require_erasable(database, erasure, session.now);
  }
  auto drafts = prepared(node, erasure, signatory, session);
  Act act(node, session);
  auto& database = act.database();
  // A refused approval is committed, so nothing else may stand in the transaction yet.
  for (const auto& draft : drafts) require_approved(act, node, draft);
  require_erasable(database, erasure, act.at());
  const auto evidence = files_of(database, erasure.seqs);
  const auto files_before = count_files(node, evidence);
  Erased erased{.seqs = erasure.seqs,
                .entries = {},
                .approval = {},
                .files = 0,
                .bytes_before = std::filesystem::file_size(node.files.database()),
                .bytes_after = 0,
                .unfinished = {}};
  begin_erasing(node.files, evidence);
  database.keep_journal();
  for (auto& draft : drafts) {
    const auto entry = act.append(std::move(draft)).entry;
    if (erased.entries.empty()) erased.approval = approval_of(entry);
    erased.entries.push_back(entry.seq);
  }
  // INVARIANT: what an entry says is erased and what is gone are one transaction.
  remove_sealed(database, erasure.seqs);
  (void)act.commit();
  try {
    end_erasing(node.files, database);
  } catch (const Error& error) {
    erased.unfinished = error.message();
  }
  erased.files = files_before - count_files(node, evidence);
  erased.bytes_after = std::filesystem::file_size(node.files.database());
  return erased;
}

Remains what_remains(const Node& node) {
  Remains remains;
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  registry::each_after(database, "export.sealed", std::nullopt, std::nullopt,
                       [&](const chain::Entry& entry) {
                         const auto id = entry.data.find("export_id");
                         if (id == entry.data.end() || !id->is_string()) return;
                         remains.exports.push_back(id->get<std::string>());
                       });
  for (const auto& each : std::filesystem::directory_iterator(node.files.folder)) {
    const auto name = each.path().filename().string();
    if (name.starts_with("replaced.")) remains.copies.push_back(name);
  }
  std::sort(remains.copies.begin(), remains.copies.end());
  return remains;
}

}  // namespace lexecon::service
