#include "service/privacy.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "json/json.hpp"
#include "json/parse.hpp"
#include "ledger/reader.hpp"
#include "registry/evidence.hpp"
#include "service/holdings.hpp"

namespace lexecon::service {
namespace {

/// What an export has, as the ledger was at that size.
struct Copy {
  Json entries = Json::array();
  std::vector<std::uint64_t> disclosed;
  std::uint64_t sealed = 0;
  std::uint64_t erased = 0;
  std::uint64_t tree_size = 0;
};

[[noreturn]] void lost(std::uint64_t seq) {
  throw Error(ErrorCode::integrity, "the sealed content is missing and was never erased",
              chain::entry_id(seq), "run lexecon ledger verify");
}

Copy copy_of(const Node& node, const std::string& subject, bool disclose) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const auto held = holdings_of(database, {subject});
  const auto erased = registry::erased_seqs(database);
  Copy copy;
  copy.tree_size = ledger::size(database);
  for (const auto seq : held.seqs) {
    const auto stored = ledger::read_entry(database, seq);
    if (!stored) registry::refuse_table("entries", seq);
    Json value;
    std::string state = "none";
    if (stored->entry.sealed_hash) {
      ++copy.sealed;
      const auto sealed = ledger::read_sealed(database, stored->entry);
      if (!sealed && !erased.contains(seq)) lost(seq);
      state = !sealed ? "erased" : disclose ? "disclosed" : "withheld";
      if (!sealed) ++copy.erased;
      if (state == "disclosed") {
        value = chain::unseal(*sealed);
        copy.disclosed.push_back(seq);
      }
    }
    copy.entries.push_back({{"schema", "lexecon.held_entry/1"},
                            {"entry", json::parse(stored->bytes, chain::entry_id(seq))},
                            {"entry_hash", stored->hash.hex()},
                            {"sealed_state", state},
                            {"sealed", std::move(value)}});
  }
  return copy;
}

// INVARIANT: what was erased before the entry that says it was given out is not given out.
void require_unerased(store::Database& database, const Copy& copy) {
  const auto erased = registry::erased_seqs(database);
  const auto gone = std::find_if(copy.disclosed.begin(), copy.disclosed.end(),
                                 [&](std::uint64_t seq) { return erased.contains(seq); });
  if (gone == copy.disclosed.end()) return;
  throw Error(ErrorCode::busy, "some of it was erased meanwhile", chain::entry_id(*gone),
              "try again; nothing was given out");
}

Json record(const Node& node, const std::string& subject, const Copy& copy,
            const std::optional<Signatory>& signatory, Session& session) {
  auto draft = prepare(node,
                       {.event_type = "privacy.exported",
                        .data = {{"entries", copy.entries.size()},
                                 {"sealed", copy.disclosed.size()},
                                 {"subject", subject},
                                 {"tree_size", copy.tree_size}}},
                       signatory, session);
  Act act(node, session);
  require_approved(act, node, draft);
  require_unerased(act.database(), copy);
  const auto appended = act.append(std::move(draft));
  (void)act.commit();
  return {{"ledger_entry_id", chain::entry_id(appended.entry.seq)},
          {"seq", appended.entry.seq},
          {"entry_hash", appended.hash.hex()},
          {"timestamp", to_text(appended.entry.timestamp)},
          {"approval", approval_of(appended.entry)}};
}

/// What is named, and evidence that stays because it is about others too.
struct Chosen {
  std::vector<std::uint64_t> seqs;  // ascending
  std::vector<Stays> stays;
};

Chosen choose(store::Database& database, const PrivacyErasure& wanted) {
  const auto held = holdings_of(database, wanted.subjects);
  const auto erased = registry::erased_seqs(database);
  std::set<std::uint64_t> seqs;
  for (const auto seq : held.with_sealed) {
    if (!erased.contains(seq)) seqs.insert(seq);
  }
  Chosen chosen;
  for (const auto seq : held.of_others) {
    if (seqs.erase(seq) == 0) continue;
    chosen.stays.push_back(
        {seq, "of_others", "is linked to decisions of others too; --seq erases it"});
  }
  seqs.insert(wanted.seqs.begin(), wanted.seqs.end());
  chosen.seqs.assign(seqs.begin(), seqs.end());
  return chosen;
}

void leave_out(Chosen& chosen, std::vector<Stays> stays) {
  std::set<std::uint64_t> out;
  for (auto& each : stays) {
    out.insert(each.seq);
    chosen.stays.push_back(std::move(each));
  }
  std::erase_if(chosen.seqs, [&](std::uint64_t seq) { return out.contains(seq); });
  std::sort(chosen.stays.begin(), chosen.stays.end(),
            [](const Stays& left, const Stays& right) { return left.seq < right.seq; });
}

Json to_json(const std::vector<Stays>& stays) {
  auto out = Json::array();
  for (const auto& each : stays) {
    out.push_back({{"seq", each.seq},
                   {"ledger_entry_id", chain::entry_id(each.seq)},
                   {"code", each.code},
                   {"reason", each.sentence}});
  }
  return out;
}

Json entry_ids(const std::vector<std::uint64_t>& seqs) {
  auto out = Json::array();
  for (const auto seq : seqs) out.push_back(chain::entry_id(seq));
  return out;
}

Json document(const Node& node, const PrivacyErasure& wanted, const Chosen& chosen,
              const std::optional<Erased>& done) {
  const auto remains = what_remains(node);
  return {{"schema", "lexecon.erasure/1"},
          {"dry_run", wanted.dry_run},
          {"legal_basis", wanted.legal_basis},
          {"requested_at", to_text(wanted.requested_at)},
          {"seqs", chosen.seqs},
          {"stays", to_json(chosen.stays)},
          {"ledger_entry_ids", done ? entry_ids(done->entries) : Json::array()},
          {"approval", done ? done->approval : Json()},
          {"files_removed", done ? Json(done->files) : Json()},
          {"bytes_before", done ? Json(done->bytes_before) : Json()},
          {"bytes_after", done ? Json(done->bytes_after) : Json()},
          {"unfinished", done && done->unfinished ? Json(*done->unfinished) : Json()},
          {"remains", {{"exports", remains.exports}, {"copies", remains.copies}}}};
}

[[noreturn]] void refuse(const Chosen& chosen) {
  const auto& first = chosen.stays.front();
  const auto all = chosen.stays.size() + chosen.seqs.size();
  throw Error(ErrorCode::bad_input,
              std::to_string(chosen.stays.size()) + " of " + std::to_string(all) +
                  " may not be erased: " + chain::entry_id(first.seq) + " " + first.sentence,
              chain::entry_id(first.seq),
              "nothing was erased; --dry-run lists them all, --what-may erases the others");
}

}  // namespace

Json privacy_export(const Node& node, const std::string& subject, bool sealed,
                    const std::optional<Signatory>& signatory, Session& session) {
  auto copy = copy_of(node, subject, sealed);
  auto recorded = sealed ? record(node, subject, copy, signatory, session) : Json();
  return {{"schema", "lexecon.privacy_export/1"},
          {"subject", subject},
          {"disclosure", sealed ? "sealed" : "none"},
          {"log", {{"origin", node.origin}, {"tree_size", copy.tree_size}}},
          {"counts",
           {{"entries", copy.entries.size()},
            {"sealed", copy.sealed},
            {"disclosed", copy.disclosed.size()},
            {"erased", copy.erased}}},
          {"recorded", std::move(recorded)},
          {"entries", std::move(copy.entries)}};
}

Json privacy_erase(const Node& node, const PrivacyErasure& wanted,
                   const std::optional<Signatory>& signatory, Session& session) {
  Chosen chosen;
  {
    auto database = open_ledger(node);
    const store::Transaction snapshot(database, store::Transaction::Kind::read);
    chosen = choose(database, wanted);
    auto stays =
        what_stays(database, {chosen.seqs, wanted.legal_basis, wanted.requested_at}, session.now);
    leave_out(chosen, std::move(stays));
  }
  if (wanted.dry_run) return document(node, wanted, chosen, std::nullopt);
  if (chosen.seqs.empty() && chosen.stays.empty()) {
    throw Error(ErrorCode::not_found, "nothing sealed is left of it", {},
                "lexecon privacy export --disclose none shows what the entries say for ever");
  }
  if (chosen.seqs.empty() || (!wanted.what_may && !chosen.stays.empty())) refuse(chosen);
  const auto done =
      erase(node, {chosen.seqs, wanted.legal_basis, wanted.requested_at}, signatory, session);
  return document(node, wanted, chosen, done);
}

}  // namespace lexecon::service
