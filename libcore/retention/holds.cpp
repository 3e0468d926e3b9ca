#include "retention/holds.hpp"

#include <map>
#include <set>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "json/json.hpp"
#include "ledger/set_config.hpp"
#include "oversight/decisions.hpp"
#include "oversight/evidence.hpp"
#include "registry/evidence.hpp"
#include "registry/sets.hpp"

namespace lexecon::retention {
namespace {

using Texts = std::set<std::string, std::less<>>;

[[noreturn]] void refuse_id(const std::string& id) {
  throw Error(ErrorCode::not_found, "`" + id + "` is not on record", id,
              "name decisions (dec_…), evidence (evd_…) or entries (entry_…)");
}

std::string text_of(const chain::Entry& entry, const char* member) {
  const auto found = entry.data.find(member);
  if (found == entry.data.end() || !found->is_string()) return {};
  return found->get<std::string>();
}

/// What is named itself, and the decisions that stand for more.
struct Named {
  std::set<std::uint64_t> seqs;
  Texts decisions;
};

void name(store::Database& database, const std::string& id, Named& out) {
  if (const auto seq = chain::seq_of(id)) {
    if (!ledger::read_entry(database, *seq)) refuse_id(id);
    out.seqs.insert(*seq);
    return;
  }
  const bool is_decision = is_prefixed_ulid(id, "dec_");
  const auto seq =
      is_decision ? oversight::find_decision(database, id) : oversight::find_evidence(database, id);
  if (!seq) refuse_id(id);
  // The row led to it; the entry has to say so itself.
  const auto stored = ledger::read_entry(database, *seq);
  if (!stored || text_of(stored->entry, is_decision ? "decision_id" : "evidence_id") != id) {
    registry::refuse_table(is_decision ? "decisions" : "evidence", *seq);
  }
  out.seqs.insert(*seq);
  if (is_decision) out.decisions.insert(id);
}

Texts evidence_of(store::Database& database, const Texts& decisions) {
  Texts out;
  registry::each_after(database, "evidence.linked", std::nullopt, std::nullopt,
                       [&](const chain::Entry& link) {
                         if (!decisions.contains(text_of(link, "decision_id"))) return;
                         out.insert(text_of(link, "evidence_id"));
                       });
  return out;
}

/// Rows say where content is: where there is none, there is nothing to keep.
void add_content_about(store::Database& database, const Texts& decisions,
                       std::set<std::uint64_t>& out) {
  const auto evidence = evidence_of(database, decisions);
  auto query = database.prepare("SELECT seq FROM sealed ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    if (!stored || !stored->entry.sealed_hash) continue;  // for the verifier to say
    if (decisions.contains(text_of(stored->entry, "decision_id")) ||
        evidence.contains(text_of(stored->entry, "evidence_id"))) {
      out.insert(seq);
    }
  }
}

}  // namespace

authority::Custody custody(store::Database& database) {
  authority::Custody out;
  auto query = database.prepare(
      "SELECT seq FROM entries WHERE event_type IN ('hold.placed', 'hold.released', "
      "'sealed.erased') ORDER BY seq");
  while (query.step()) {
    const auto seq = static_cast<std::uint64_t>(query.integer(0));
    const auto stored = ledger::read_entry(database, seq);
    if (!stored || out.take(stored->entry, stored->hash)) registry::refuse_table("holds", seq);
  }
  return out;
}

decision::RetentionRules rules(store::Database& database) {
  const auto set = registry::active_set(database);
  if (!set) return {};
  ledger::TableRecords records(database);
  auto found = ledger::retention_of(records, set->files);
  if (!found) {
    throw Error(ErrorCode::integrity, "node.yaml of the set in force is not on record",
                chain::entry_id(set->seq), "run lexecon ledger verify");
  }
  return std::move(*found);
}

authority::Ground ground(store::Database& database) {
  const auto content = [&database](std::uint64_t seq) { return ledger::read_entry(database, seq); };
  return {.has_sealed =
              [content](std::uint64_t seq) {
                const auto stored = content(seq);
                return stored && stored->entry.sealed_hash.has_value();
              },
          .kept = [content, classes = rules(database)](
                      std::uint64_t seq,
                      const chain::Entry& erasure) -> std::optional<authority::Stays> {
            const auto stored = content(seq);
            return stored ? authority::kept_by(classes, stored->entry, erasure) : std::nullopt;
          }};
}

std::optional<std::uint64_t> find_hold(store::Database& database, std::string_view hold_id) {
  auto query = database.prepare("SELECT seq FROM holds WHERE hold_id = ?1");
  query.bind(1, hold_id);
  if (!query.step()) return std::nullopt;
  return static_cast<std::uint64_t>(query.integer(0));
}

std::vector<std::uint64_t> select(store::Database& database, const Selection& selection) {
  Named named;
  named.seqs.insert(selection.seqs.begin(), selection.seqs.end());
  for (const auto& id : selection.ids) name(database, id, named);
  if (selection.decisions) {
    ledger::each_entry(database, *selection.decisions, [&](const ledger::StoredEntry& each) {
      named.decisions.insert(text_of(each.entry, "decision_id"));
    });
  }
  if (!named.decisions.empty()) add_content_about(database, named.decisions, named.seqs);
  return {named.seqs.begin(), named.seqs.end()};
}

}  // namespace lexecon::retention
