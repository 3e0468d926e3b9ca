#include "views/survey.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/hash.hpp"
#include "json/loose.hpp"
#include "views/names.hpp"

namespace lexecon::views {
namespace {

using json::member;
using json::text;

constexpr std::size_t longest_name = 128;

std::uint64_t key_of(std::string_view id) {
  const auto digest = crypto::sha256(id);
  std::uint64_t key = 0;
  std::memcpy(&key, digest.bytes.data(), sizeof key);
  return key;
}

/// INVARIANT: what the fast reader knows has no escapes, so that a member's name is nowhere else in it.
std::string_view known_reason(const Item& item) {
  constexpr std::string_view name = "\"reason_code\":\"";
  const auto from = item.bytes.find(name) + name.size();
  return item.bytes.substr(from, item.bytes.find('"', from) - from);
}

void add_to_page(std::vector<Page>& pages, const Item& item, std::string_view outcome) {
  const auto& entry = item.view;
  if (pages.empty() || pages.back().entries == page_entries) {
    auto& fresh = pages.emplace_back();
    fresh.first_seq = entry.seq;
    fresh.first_time = entry.time_text;
  }
  auto& page = pages.back();
  page.last_seq = entry.seq;
  page.last_time = entry.time_text;
  ++page.entries;
  if (entry.event_type != "decision") return;
  ++page.decisions;
  if (outcome == "approved") ++page.approved;
}

void note_activation(Survey& out, const Item& item, const Json& data) {
  out.sets.try_emplace(std::string(text(data, "policy_hash")), item.view.seq);
  for (const auto& file : member(data, "files")) {
    out.policy_files.try_emplace(std::string(text(file, "sha256")), text(file, "name"));
  }
}

void note(Survey& out, const Item& item) {
  ++out.entries;
  out.last_seq = item.view.seq;
  out.types.add(item.view.event_type);
  const bool known = is_known(item);
  const Json data = known ? Json() : data_of(item);
  const auto outcome = known ? item.view.data.outcome : text(data, "outcome");
  for (const auto listing : listings) {
    if (is_in(listing, item, data)) add_to_page(out.pages[listing], item, outcome);
  }
  if (item.view.event_type == "decision") {
    out.outcomes.add(outcome);
    out.reasons.add(known ? known_reason(item) : text(data, "reason_code"));
  }
  if (item.view.event_type == "policy.activated") note_activation(out, item, data);
  if (item.view.event_type == "sealed.erased") {
    for (const auto& each : member(data, "seqs")) {
      if (const auto seq = json::natural(each)) out.references.add_erasure(*seq, item.view.seq);
    }
  }
  each_named(item, data, [&](std::string_view id) { out.references.add(id, item.view.seq); });
}

void sort_unique(std::vector<std::uint64_t>& seqs) {
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
}

bool is_of_people(std::string_view type) {
  static constexpr auto groups = std::to_array<std::string_view>(
      {"approval.", "escalation.", "operator.", "override.", "oversight.", "responsibility."});
  return std::any_of(groups.begin(), groups.end(),
                     [type](std::string_view group) { return type.starts_with(group); });
}

}  // namespace

bool is_in(Listing listing, const Item& item, const Json& data) {
  const auto type = item.view.event_type;
  switch (listing) {
    case Listing::all:
      return true;
    case Listing::refused:
      if (type != "decision") return false;
      return (is_known(item) ? item.view.data.outcome : text(data, "outcome")) != "approved";
    case Listing::people:
      return is_of_people(type) || member(data, "approval").is_object();
  }
  return false;
}

void Count::add(std::string_view name) {
  const auto found = of_.find(name);
  if (found != of_.end()) {
    ++found->second;
  } else if (of_.size() < max_names && name.size() <= longest_name) {
    of_.emplace(name, 1);
  } else {
    ++others_;
  }
}

std::uint64_t Count::of(std::string_view name) const {
  const auto found = of_.find(name);
  return found == of_.end() ? 0 : found->second;
}

void References::add(std::string_view id, std::uint64_t from) {
  all_.push_back({.key = key_of(id), .from = from});
}

void References::add_erasure(std::uint64_t erased, std::uint64_t from) {
  erasures_.emplace_back(erased, from);
}

void References::sort() {
  std::sort(all_.begin(), all_.end());
  std::sort(erasures_.begin(), erasures_.end());
}

void References::resolve(std::string_view id, std::uint64_t seq) {
  const auto key = key_of(id);
  auto at = std::lower_bound(all_.begin(), all_.end(), Reference{.key = key, .from = seq});
  for (; at != all_.end() && at->key == key; ++at) {
    if (at->to == 0 && at->from > seq) at->to = seq;
  }
}

std::vector<std::uint64_t> References::naming(std::string_view id) const {
  std::vector<std::uint64_t> out;
  if (all_.empty()) return out;
  const auto key = key_of(id);
  auto at = std::lower_bound(all_.begin(), all_.end(), Reference{.key = key});
  for (; at != all_.end() && at->key == key; ++at) out.push_back(at->from);
  return out;
}

std::optional<std::uint64_t> References::introducing(std::string_view id,
                                                     std::uint64_t from) const {
  const auto key = key_of(id);
  const auto at = std::lower_bound(all_.begin(), all_.end(), Reference{.key = key, .from = from});
  if (at == all_.end() || at->key != key || at->from != from || at->to == 0) return std::nullopt;
  return at->to;
}

std::optional<std::uint64_t> References::erasure_of(std::uint64_t seq) const {
  const auto at = std::lower_bound(erasures_.begin(), erasures_.end(), std::pair(seq, 0UL));
  if (at == erasures_.end() || at->first != seq) return std::nullopt;
  return at->second;
}

Survey survey_of(const Bag& bag) {
  Survey out;
  each_bare_item(bag, [&out](const Item& item) { note(out, item); });
  out.references.sort();
  if (out.references.empty()) return out;
  each_bare_item(bag, [&out](const Item& item) {
    const auto resolve = [&](std::string_view id) { out.references.resolve(id, item.view.seq); };
    resolve(chain::entry_id(item.view.seq));
    each_introduced(item, is_known(item) ? Json() : data_of(item), resolve);
  });
  return out;
}

const std::vector<Page>& pages_of(const Survey& survey, Listing listing) {
  static const std::vector<Page> none;
  const auto found = survey.pages.find(listing);
  return found == survey.pages.end() ? none : found->second;
}

std::size_t page_of(const Survey& survey, std::uint64_t seq) {
  const auto& pages = pages_of(survey, Listing::all);
  const auto behind = std::upper_bound(
      pages.begin(), pages.end(), seq,
      [](std::uint64_t value, const Page& page) { return value < page.first_seq; });
  return static_cast<std::size_t>(behind - pages.begin()) - 1;
}

Related related_to(const Item& item, const Json& data, const References& references) {
  Related out;
  each_named(item, data, [&](std::string_view id) {
    if (const auto seq = references.introducing(id, item.view.seq)) out.earlier.push_back(*seq);
  });
  const auto add_naming = [&](std::string_view id) {
    const auto naming = references.naming(id);
    out.later.insert(out.later.end(), naming.begin(), naming.end());
  };
  add_naming(chain::entry_id(item.view.seq));
  each_introduced(item, data, add_naming);
  if (const auto erased = references.erasure_of(item.view.seq)) out.later.push_back(*erased);
  sort_unique(out.earlier);
  sort_unique(out.later);
  std::erase_if(out.later, [&](std::uint64_t seq) { return seq <= item.view.seq; });
  return out;
}

}  // namespace lexecon::views
