#include "service/retention.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "decision/retention.hpp"
#include "ledger/archive.hpp"
#include "ledger/reader.hpp"
#include "ledger/set_config.hpp"
#include "registry/sets.hpp"
#include "retention/holds.hpp"
#include "service/decisions.hpp"
#include "service/erasure.hpp"

namespace lexecon::service {
namespace {

using decision::RetentionRules;

std::optional<Ending> ending(const std::optional<decision::Period>& period) {
  if (!period) return std::nullopt;
  return Ending{period->of->name, period->end};
}

/// All that retention rests on, at one moment.
struct Standing {
  Standing(store::Database& source, Timestamp now)
      : database(source),
        custody(retention::custody(source)),
        rules(retention::rules(source)),
        at(std::max(now, last_entry_time(source))) {}

  [[nodiscard]] Kept of(std::uint64_t seq, const Span& within) const {
    const auto stored = ledger::read_entry(database, seq);
    if (!stored || !stored->entry.sealed_hash) {
      throw Error(ErrorCode::integrity, "there is sealed content for an entry that has none",
                  chain::entry_id(seq), "run lexecon ledger verify");
    }
    const auto& entry = stored->entry;
    Kept out{.seq = seq,
             .event_type = entry.event_type,
             .actor = entry.actor,
             .at = entry.timestamp,
             .keeping = Keeping::active,
             .classes = {},
             .floor = ending(decision::floor_of(rules, entry, decision::basis_retention)),
             .expires = ending(decision::expiry_of(rules, entry)),
             .holds = {},
             .erased_by = {}};
    for (const auto& period : decision::periods_of(rules, entry)) {
      out.classes.push_back(period.of->name);
    }
    for (const auto& hold : custody.holds()) {
      if (!hold.released_seq && hold.names(seq)) out.holds.push_back(hold.id);
    }
    const auto erased = custody.erased().find(seq);
    if (erased != custody.erased().end()) out.erased_by = erased->second;
    out.keeping = keeping_of(out, within);
    return out;
  }

  [[nodiscard]] Keeping keeping_of(const Kept& kept, const Span& within) const {
    if (kept.erased_by) return Keeping::erased;
    if (!kept.holds.empty()) return Keeping::on_hold;
    return kept.expires && kept.expires->at <= at + within ? Keeping::expiring : Keeping::active;
  }

  /// Of every entry that has sealed content, or had it until it was erased; ascending.
  [[nodiscard]] std::set<std::uint64_t> contents() const {
    std::set<std::uint64_t> out;
    for (const auto& [seq, by] : custody.erased()) out.insert(seq);
    auto query = database.prepare("SELECT seq FROM sealed ORDER BY seq");
    while (query.step()) out.insert(static_cast<std::uint64_t>(query.integer(0)));
    return out;
  }

  [[nodiscard]] bool is_due(const Kept& kept) const {
    return !kept.erased_by && kept.expires && kept.expires->at <= at;
  }

  store::Database& database;
  authority::Custody custody;
  RetentionRules rules;
  Timestamp at;
};

void require_class(const RetentionRules& rules, const std::optional<std::string>& name) {
  if (!name) return;
  std::vector<std::string> names;
  for (const auto& each : rules.classes) names.push_back(each.name);
  if (std::find(names.begin(), names.end(), *name) != names.end()) return;
  const auto near = did_you_mean(*name, names);
  throw Error(
      ErrorCode::bad_input, "the set in force has no class `" + *name + "`", "--class",
      near ? "did you mean `" + *near + "`?" : "lexecon retention status shows those it has");
}

struct Counts {
  std::map<Keeping, std::uint64_t> by_keeping;
  std::uint64_t due = 0;

  void add(const Kept& kept, bool is_due) {
    ++by_keeping[kept.keeping];
    if (is_due && kept.keeping == Keeping::expiring) ++due;
  }
  [[nodiscard]] Json document() {
    using enum Keeping;
    return {{"active", by_keeping[active]},
            {"expiring", by_keeping[expiring]},
            {"due", due},
            {"on_hold", by_keeping[on_hold]},
            {"erased", by_keeping[erased]}};
  }
};

Json to_json(const std::optional<Ending>& ending) {
  if (!ending) return {};
  return {{"class", ending->class_name}, {"at", to_text(ending->at)}};
}

Json to_json(const Kept& kept, bool is_due) {
  return {{"schema", "lexecon.retained/1"},
          {"seq", kept.seq},
          {"ledger_entry_id", chain::entry_id(kept.seq)},
          {"event_type", kept.event_type},
          {"actor", kept.actor},
          {"timestamp", to_text(kept.at)},
          {"state", to_string(kept.keeping)},
          {"due", is_due && kept.keeping == Keeping::expiring},
          {"classes", kept.classes},
          {"floor", to_json(kept.floor)},
          {"expires", to_json(kept.expires)},
          {"holds", kept.holds},
          {"erased_by", kept.erased_by ? Json(chain::entry_id(*kept.erased_by)) : Json()}};
}

Json to_json(const decision::RetentionClass& each, Counts counts) {
  return {{"name", each.name},
          {"keep", each.keep_text},
          {"from", each.from ? Json(to_text(*each.from)) : Json("recorded")},
          {"basis", each.basis},
          {"law", each.law},
          {"floor", each.is_floor},
          {"gives_way_to", each.gives_way_to},
          {"then", each.erases ? "erase" : "keep"},
          {"counts", counts.document()}};
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What may be erased because it expired.
struct Due {
  std::vector<std::uint64_t> seqs;
  std::map<std::string, std::uint64_t> by_class;
  std::uint64_t on_hold = 0;
};

Due due_now(const Node& node, const RetentionRun& run, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const Standing standing(database, now);
  require_class(standing.rules, run.class_name);
  Due out;
  for (const auto seq : standing.contents()) {
    const auto kept = standing.of(seq, {});
    if (!standing.is_due(kept)) continue;
    if (run.class_name && kept.expires->class_name != *run.class_name) continue;
    if (kept.keeping == Keeping::on_hold) {
      ++out.on_hold;
      continue;
    }
    out.seqs.push_back(seq);
    ++out.by_class[kept.expires->class_name];
  }
  return out;
}

}  // namespace

std::string_view to_string(Keeping keeping) {
  switch (keeping) {
    case Keeping::active:
      return "active";
    case Keeping::expiring:
      return "expiring";
    case Keeping::on_hold:
      return "on_hold";
    case Keeping::erased:
      return "erased";
  }
  throw Error(ErrorCode::internal, "sealed content in no state");
}

std::optional<Keeping> keeping_from(std::string_view text) {
  using enum Keeping;
  for (const auto each : {active, expiring, on_hold, erased}) {
    if (to_string(each) == text) return each;
  }
  return std::nullopt;
}

Json retention_status(const Node& node, const RetentionFilter& filter, Timestamp now) {
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  const Standing standing(database, now);
  require_class(standing.rules, filter.class_name);
  Counts all;
  Counts unclassed;
  std::map<std::string, Counts> by_class;
  Json contents = Json::array();
  for (const auto seq : standing.contents()) {
    const auto kept = standing.of(seq, filter.within);
    const bool is_due = standing.is_due(kept);
    all.add(kept, is_due);
    if (kept.classes.empty()) unclassed.add(kept, is_due);
    for (const auto& name : kept.classes) by_class[name].add(kept, is_due);
    if (filter.class_name && !has(kept.classes, *filter.class_name)) continue;
    if (filter.keeping && kept.keeping != *filter.keeping) continue;
    contents.push_back(to_json(kept, is_due));
  }
  Json classes = Json::array();
  for (const auto& each : standing.rules.classes) {
    if (filter.class_name && each.name != *filter.class_name) continue;
    classes.push_back(to_json(each, by_class[each.name]));
  }
  return {{"schema", "lexecon.retention/1"},
          {"at", to_text(standing.at)},
          {"archived", ledger::count_archived(database)},
          {"counts", all.document()},
          {"without_class", unclassed.document()},
          {"classes", std::move(classes)},
          {"contents", std::move(contents)}};
}

Json apply_retention(const Node& node, const RetentionRun& run,
                     const std::optional<Signatory>& signatory, Session& session) {
  const auto due = due_now(node, run, session.now);
  Json classes = Json::array();
  for (const auto& [name, count] : due.by_class) {
    classes.push_back({{"name", name}, {"contents", count}});
  }
  Json document{
      {"schema", "lexecon.retention_run/1"}, {"dry_run", run.dry_run}, {"seqs", due.seqs},
      {"classes", std::move(classes)},       {"on_hold", due.on_hold}, {"erasure", nullptr}};
  if (run.dry_run || due.seqs.empty()) return document;
  const auto erased = erase(node,
                            {.seqs = due.seqs,
                             .legal_basis = std::string(decision::basis_retention),
                             .requested_at = session.now},
                            signatory, session);
  Json entries = Json::array();
  for (const auto seq : erased.entries) entries.push_back(chain::entry_id(seq));
  document["erasure"] = {{"entries", std::move(entries)},
                         {"approval", erased.approval},
                         {"files", erased.files},
                         {"bytes_before", erased.bytes_before},
                         {"bytes_after", erased.bytes_after},
                         {"unfinished", erased.unfinished ? Json(*erased.unfinished) : Json()}};
  return document;
}

}  // namespace lexecon::service
