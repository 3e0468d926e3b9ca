#include "package/scope.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "json/slices.hpp"
#include "package/sections.hpp"

namespace lexecon::package {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t ulid_size = 26;
constexpr std::array scopes{Scope::all,         Scope::decisions, Scope::risk,
                            Scope::escalations, Scope::overrides, Scope::evidence,
                            Scope::compliance,  Scope::oversight};

template <std::size_t size>
bool is_one_of(std::string_view text, const std::array<std::string_view, size>& known) {
  return std::find(known.begin(), known.end(), text) != known.end();
}

/// Whatever is shown is judged by these.
bool is_always_shown(std::string_view event_type) {
  static constexpr std::array subjects{"clock"sv,  "genesis"sv, "hold"sv,  "key"sv,
                                       "ledger"sv, "log"sv,     "model"sv, "operator"sv,
                                       "policy"sv, "prompt"sv,  "sealed"sv};
  static constexpr std::array stops{"oversight.resumed"sv, "oversight.stopped"sv};
  return is_one_of(subject_of(event_type), subjects) || is_one_of(event_type, stops);
}

/// Entries that name evidence: what they say is judged by its own entry.
bool names_evidence(std::string_view event_type) {
  return event_type == "evidence.linked" || event_type == "compliance.declared" ||
         event_type == "incident.reported";
}

template <class Items>
void sort_and_keep_one(Items& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

}  // namespace

std::string_view to_string(Scope scope) {
  switch (scope) {
    case Scope::all:
      return "all";
    case Scope::decisions:
      return "decisions";
    case Scope::risk:
      return "risk";
    case Scope::escalations:
      return "escalations";
    case Scope::overrides:
      return "overrides";
    case Scope::evidence:
      return "evidence";
    case Scope::compliance:
      return "compliance";
    case Scope::oversight:
      return "oversight";
  }
  throw Error(ErrorCode::internal, "a scope of no kind");
}

std::optional<Scope> scope_from(std::string_view text) {
  const auto* const found = std::find_if(scopes.begin(), scopes.end(),
                                         [text](Scope scope) { return to_string(scope) == text; });
  return found == scopes.end() ? std::nullopt : std::optional(*found);
}

void Choice::survey(const chain::EntryView& entry, std::string_view bytes) {
  if (filter_.takes_all()) return;
  const auto data = json::slice(bytes, "data");
  const auto names = names_of(entry.event_type, data);
  if (names.decision) {
    if (names.token) tokens_.push_back({*names.token, *names.decision});
    if (names.evidence) links_.push_back({*names.decision, *names.evidence});
    if (entry.event_type == "decision") survey_decision(*names.decision, data);
  }
  if (!fits(entry, data)) return;
  if (names.decision) {
    hits_.push_back(*names.decision);
  } else if (names.token) {
    hit_tokens_.push_back(*names.token);
  } else if (names.evidence && !filter_.tenant && names_evidence(entry.event_type)) {
    evidence_.insert(*names.evidence);
  }
}

void Choice::survey_decision(const ShortId& id, std::string_view data) {
  if (filter_.tenant && text_member(data, "tenant") == *filter_.tenant) tenants_.push_back(id);
  const auto exceptions = json::slice(json::slice(data, "facts"), "exceptions");
  constexpr auto prefix = "\"ovr_dec_"sv;
  for (auto at = exceptions.find(prefix); at != std::string_view::npos;
       at = exceptions.find(prefix, at + 1)) {
    const auto on = short_ulid(exceptions.substr(at + prefix.size(), ulid_size));
    if (on) rests_.push_back({id, *on});
  }
}

void Choice::settle() {
  std::sort(tokens_.begin(), tokens_.end());
  for (const auto& token : hit_tokens_) {
    if (const auto decision = decision_of({.decision = {}, .token = token, .evidence = {}})) {
      hits_.push_back(*decision);
    }
  }
  hit_tokens_.clear();
  sort_and_keep_one(hits_);
  if (filter_.tenant) {
    sort_and_keep_one(tenants_);
    std::erase_if(hits_, [this](const ShortId& id) {
      return !std::binary_search(tenants_.begin(), tenants_.end(), id);
    });
  }
  // What a decision rests on stands before it, so that the last one first finds them all.
  for (auto each = rests_.rbegin(); each != rests_.rend(); ++each) {
    if (has(each->first)) rested_on_.insert(each->second);
  }
  for (const auto& link : links_) {
    if (has(link.first)) evidence_.insert(link.second);
  }
  links_.clear();
}

bool Choice::shows(const chain::EntryView& entry, std::string_view bytes) const {
  if (filter_.takes_all() || is_always_shown(entry.event_type)) return true;
  const auto data = json::slice(bytes, "data");
  const auto names = names_of(entry.event_type, data);
  if (const auto decision = decision_of(names)) return has(*decision);
  if (entry.event_type == "evidence.added" && names.evidence &&
      evidence_.contains(*names.evidence)) {
    return true;
  }
  return !filter_.tenant && fits(entry, data);
}

bool Choice::fits(const chain::EntryView& entry, std::string_view data) const {
  if (filter_.from && entry.timestamp < *filter_.from) return false;
  if (filter_.to && entry.timestamp >= *filter_.to) return false;
  if (filter_.actor && entry.actor != *filter_.actor) return false;
  return is_of_scope(entry.event_type, data);
}

bool Choice::is_of_scope(std::string_view event_type, std::string_view data) const {
  const auto section = section_of(event_type);
  switch (filter_.scope) {
    case Scope::all:
      return true;
    case Scope::decisions:
      return event_type == "decision";
    case Scope::risk:
      return event_type == "decision" && json::slice(data, "risk") != "null";
    case Scope::escalations:
      return section == Section::escalations;
    case Scope::overrides:
      return section == Section::overrides;
    case Scope::evidence:
      return subject_of(event_type) == "evidence";
    case Scope::compliance:
      return section == Section::compliance;
    case Scope::oversight:
      return event_type == "decision.confirmed" || section == Section::escalations ||
             section == Section::overrides || section == Section::oversight ||
             section == Section::responsibility;
  }
  throw Error(ErrorCode::internal, "a scope of no kind");
}

std::optional<ShortId> Choice::decision_of(const EntryNames& names) const {
  if (names.decision || !names.token) return names.decision;
  const auto found = std::lower_bound(tokens_.begin(), tokens_.end(), Pair{*names.token, {}});
  if (found == tokens_.end() || found->first != *names.token) return std::nullopt;
  return found->second;
}

bool Choice::has(const ShortId& decision) const {
  return std::binary_search(hits_.begin(), hits_.end(), decision) || rested_on_.contains(decision);
}

}  // namespace lexecon::package
