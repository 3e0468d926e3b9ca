#include "compliance/collector.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "json/parse.hpp"
#include "json/slices.hpp"

namespace lexecon::compliance {
namespace {

using namespace std::string_view_literals;

/// What an entry grants, and which entries take it back.
struct Ending {
  std::string_view begins;
  std::string_view member;  // names what, in each of them
  std::array<std::string_view, 2> ends;
};
constexpr std::array endings{
    // Taken back by the erasure of what is linked.
    Ending{"evidence.linked", "evidence_id", {}},
    Ending{"hold.placed", "hold_id", {"hold.released"}},
    Ending{"key.added", "kid", {"key.removed"}},
    Ending{"model.approved", "model", {"model.rejected", "model.retired"}},
    Ending{"operator.added", "operator", {"operator.revoked"}},
    Ending{"oversight.stopped", "stop_id", {"oversight.resumed"}},
    Ending{"prompt.approved", "prompt", {"prompt.rejected", "prompt.retired"}},
};

const Ending* begun_by(std::string_view event_type) {
  const auto* const found = std::find_if(endings.begin(), endings.end(), [&](const Ending& each) {
    return each.begins == event_type;
  });
  return found == endings.end() ? nullptr : found;
}

const Ending* ended_by(std::string_view event_type) {
  const auto* const found = std::find_if(endings.begin(), endings.end(), [&](const Ending& each) {
    return std::find(each.ends.begin(), each.ends.end(), event_type) != each.ends.end();
  });
  return found == endings.end() ? nullptr : found;
}

std::string name_of(const Ending& ending, std::string_view data) {
  return std::string(ending.begins) + " " +
         std::string(json::unquoted(json::slice(data, ending.member)));
}

/// The value at a JSON pointer without escapes; empty when there is none.
std::string_view at_pointer(std::string_view data, std::string_view pointer) {
  while (!pointer.empty() && !data.empty()) {
    pointer.remove_prefix(1);
    const auto name = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(name.size());
    data = data.starts_with('{') ? json::slice(data, name) : std::string_view();
  }
  return data;
}

bool is_something(std::string_view value) {
  return !value.empty() && value != "null" && value != "\"\"" && value != "[]";
}

bool fits(const EntryMatch::Member& member, std::string_view data) {
  const auto value = at_pointer(data, member.pointer);
  if (member.values.empty()) return is_something(value);
  const auto text = json::unquoted(value);
  return std::any_of(member.values.begin(), member.values.end(), [&](const std::string& wanted) {
    return value.starts_with('"') ? text == wanted : !value.empty() && value == wanted;
  });
}

std::string demand_in(const EntryMatch& match, std::string_view data) {
  std::string out;
  for (const auto& pointer : match.demand_at) {
    if (!out.empty()) out += ':';
    out += json::unquoted(at_pointer(data, pointer));
  }
  return out;
}

bool fits(const EntryMatch& match, const std::string& demand, std::string_view data) {
  if (match.is_signed && !is_something(json::slice(data, "approval"))) return false;
  if (!match.demand_at.empty() && demand_in(match, data) != demand) return false;
  return std::all_of(match.where.begin(), match.where.end(),
                     [&](const EntryMatch::Member& member) { return fits(member, data); });
}

/// An approval may say until when it holds.
bool is_over(std::string_view data, Timestamp end) {
  const auto at = entry_time(json::unquoted(json::slice(data, "expires_at")));
  return at && *at <= end;
}

}  // namespace

bool names_demands(const EvidenceKind& kind) {
  return std::any_of(kind.matches.begin(), kind.matches.end(),
                     [](const EntryMatch& match) { return !match.demand_at.empty(); });
}

const EvidenceSet* Found::of(const EvidenceKind& kind, std::string_view demand) const {
  const auto found =
      kinds.find(names_demands(kind) ? kind.id + " " + std::string(demand) : kind.id);
  return found == kinds.end() ? nullptr : &found->second;
}

const EvidenceSet* Found::documents_of(std::string_view demand) const {
  const auto found = documents.find(demand);
  return found == documents.end() ? nullptr : &found->second;
}

Collector::Collector(const Rulebook& rulebook, Window window)
    : rulebook_(rulebook), window_(window) {
  for (const auto& kind : rulebook.kinds) {
    if (!names_demands(kind)) {
      ask(kind, {});
      continue;
    }
    for (const auto& demand : rulebook.demands) {
      const auto& named = demand.kinds;
      if (std::find(named.begin(), named.end(), kind.id) != named.end()) ask(kind, demand.id);
    }
  }
}

void Collector::ask(const EvidenceKind& kind, const std::string& demand) {
  if (kind.matches.empty()) return;
  Query query;
  query.name = demand.empty() ? kind.id : kind.id + " " + demand;
  if (!demand.empty()) query.demand = rulebook_.id + ":" + demand;
  query.stands = kind.stands;
  query.is_held = kind.stands && std::any_of(kind.matches.begin(), kind.matches.end(),
                                             [](const EntryMatch& match) {
                                               return begun_by(match.event_type) != nullptr;
                                             });
  for (const auto& match : kind.matches) {
    asked_[match.event_type].push_back({&match, queries_.size()});
  }
  queries_.push_back(std::move(query));
}

void Collector::take(const chain::EntryView& entry, std::string_view data, const EvidenceMark& mark,
                     std::string_view line) {
  if (entry.event_type == "sealed.erased") end_erased(data);
  if (mark.at >= window_.to) return;
  end_what(entry.event_type, data);
  if (entry.event_type == "evidence.added") {
    contents_.emplace(mark.seq, json::unquoted(json::slice(data, "evidence_id")));
  }
  if (entry.event_type == "evidence.linked") take_document(data, mark);
  const auto found = asked_.find(entry.event_type);
  if (found == asked_.end()) return;
  std::optional<std::size_t> last;  // one entry may match a kind twice, and counts once
  for (const auto& [match, at] : found->second) {
    auto& query = queries_[at];
    if (last == at || (!query.stands && mark.at < window_.from)) continue;
    if (!fits(*match, query.demand, data)) continue;
    last = at;
    add(query, entry.event_type, data, mark, line);
  }
}

void Collector::end_what(std::string_view event_type, std::string_view data) {
  const auto* const ending = ended_by(event_type);
  if (ending != nullptr) end(name_of(*ending, data));
}

void Collector::end(const std::string& name) {
  const auto is_it = [&](const Held& held) { return held.of == name; };
  for (auto& query : queries_) std::erase_if(query.held, is_it);
  for (auto& [demand, held] : documents_) std::erase_if(held, is_it);
}

/// A document whose content is gone shows nothing, whatever its digest says.
void Collector::end_erased(std::string_view data) {
  const auto seqs = json::slice(data, "seqs");
  if (seqs.empty()) return;
  for (const auto& seq : json::parse(seqs)) {
    const auto found = contents_.find(seq.get<std::uint64_t>());
    if (found == contents_.end()) continue;
    end("evidence.linked " + found->second);
    erased_.insert(found->second);
  }
}

void Collector::take_document(std::string_view data, const EvidenceMark& mark) {
  const auto control = json::unquoted(json::slice(data, "control"));
  const auto prefix = rulebook_.id + ":";
  if (!control.starts_with(prefix)) return;
  const auto demand = control.substr(prefix.size());
  if (rulebook_.find(demand) == nullptr) return;
  documents_[std::string(demand)].push_back(
      {mark, "evidence.linked " + std::string(json::unquoted(json::slice(data, "evidence_id")))});
}

void Collector::add(Query& query, std::string_view event_type, std::string_view data,
                    const EvidenceMark& mark, std::string_view line) {
  if (!query.is_held) return query.set.add(mark, line);
  const auto* const ending = begun_by(event_type);
  if (ending != nullptr && is_over(data, window_.to)) return;
  query.held.push_back({mark, ending == nullptr ? std::string() : name_of(*ending, data)});
}

EvidenceSet Collector::set_of(const std::vector<Held>& all) {
  EvidenceGatherer set;
  for (const auto& held : all) set.add(held.mark.seq, held.mark.at, held.mark.hash);
  return set.finish();
}

Found Collector::finish() {
  Found out;
  for (auto& query : queries_) {
    out.kinds.emplace(query.name, query.is_held ? set_of(query.held) : query.set.finish());
  }
  for (const auto& [demand, documents] : documents_) {
    if (!documents.empty()) out.documents.emplace(demand, set_of(documents));
  }
  out.erased = std::move(erased_);
  return out;
}

}  // namespace lexecon::compliance
