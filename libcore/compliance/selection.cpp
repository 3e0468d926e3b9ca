#include "compliance/selection.hpp"

#include <algorithm>
#include <utility>

#include "json/slices.hpp"

namespace lexecon::compliance {
namespace {

using package::text_member;

std::uint8_t packed(const Place& place) {
  return static_cast<std::uint8_t>((place.selected ? 1U : 0U) | (place.unselected ? 2U : 0U));
}

Place unpacked(std::uint8_t bits) {
  return {.selected = (bits & 1U) != 0, .node_wide = false, .unselected = (bits & 2U) != 0};
}

/// In one reading of the data, for there are very many decisions.
Traits traits_of(std::string_view data) {
  Traits out;
  json::Slices members(data);
  while (const auto each = members.next()) {
    if (each->name == "actor") out.actor = json::unquoted(each->value);
    if (each->name == "model") out.model = json::unquoted(each->value);
    if (each->name == "tenant") out.tenant = json::unquoted(each->value);
    if (each->name == "tool") out.tool = json::unquoted(each->value);
  }
  return out;
}

constexpr Place of_the_node{.selected = false, .node_wide = true, .unselected = false};

}  // namespace

void IdTable::put(const package::ShortId& id, std::uint8_t value) {
  if (4 * (count_ + 1) > 3 * ids_.size()) grow();
  const auto slot = slot_of(id);
  if (values_[slot] == 0) ++count_;
  ids_[slot] = id;
  values_[slot] = static_cast<std::uint8_t>(value + 1);
}

std::optional<std::uint8_t> IdTable::find(const package::ShortId& id) const {
  if (ids_.empty()) return std::nullopt;
  const auto value = values_[slot_of(id)];
  return value == 0 ? std::nullopt : std::optional(static_cast<std::uint8_t>(value - 1));
}

/// Where the id is, or would be.
std::size_t IdTable::slot_of(const package::ShortId& id) const {
  constexpr std::uint64_t spread = 0x9E37'79B9'7F4A'7C15;
  const std::size_t mask = ids_.size() - 1;
  const std::uint64_t mixed = (id.high ^ (id.low * spread)) * spread;
  auto slot = static_cast<std::size_t>(mixed >> 32U) & mask;
  while (values_[slot] != 0 && ids_[slot] != id) slot = (slot + 1) & mask;
  return slot;
}

void IdTable::grow() {
  constexpr std::size_t least = 64;
  const auto ids =
      std::exchange(ids_, std::vector<package::ShortId>(std::max(least, 2 * ids_.size())));
  const auto values = std::exchange(values_, std::vector<std::uint8_t>(ids_.size()));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (values[i] == 0) continue;
    const auto slot = slot_of(ids[i]);
    ids_[slot] = ids[i];
    values_[slot] = values[i];
  }
}

Selection::Selection(std::vector<Profile> profiles, const std::optional<std::string>& system)
    : profiles_(std::move(profiles)) {
  const auto found = std::find_if(profiles_.begin(), profiles_.end(),
                                  [&](const Profile& each) { return each.system == system; });
  if (system && found != profiles_.end()) chosen_ = &*found;
}

Place Selection::place_of(const chain::EntryView& entry, std::string_view data) {
  const auto subject = package::subject_of(entry.event_type);
  if (subject == "model") return of_model(data);
  if (subject == "profile" || subject == "compliance" || subject == "incident" ||
      subject == "report") {
    return of_system(entry, data);
  }
  const auto names = package::names_of(entry.event_type, data);
  if (names.decision) {
    const auto known =
        entry.event_type == "decision" ? std::nullopt : decisions_.find(*names.decision);
    Place place;
    if (known) place = unpacked(*known);
    if (entry.event_type == "decision") {
      place = of_decision(data);
      decisions_.put(*names.decision, packed(place));
    }
    if (names.token) tokens_.put(*names.token, packed(place));
    return place;
  }
  if (!names.token) return of_the_node;
  const auto known = tokens_.find(*names.token);
  return known ? unpacked(*known) : Place{};
}

Place Selection::of_decision(std::string_view data) const {
  const auto traits = traits_of(data);
  const bool is_of_any = std::any_of(profiles_.begin(), profiles_.end(),
                                     [&](const Profile& each) { return each.selects(traits); });
  return {.selected = chosen_ == nullptr || (is_of_any && chosen_->selects(traits)),
          .node_wide = false,
          .unselected = !is_of_any};
}

Place Selection::of_system(const chain::EntryView& entry, std::string_view data) {
  auto system = text_member(data, "system");
  if (package::subject_of(entry.event_type) == "incident") {
    const auto id = text_member(data, "incident_id");
    if (!system.empty()) incidents_.insert_or_assign(std::string(id), std::string(system));
    const auto found = incidents_.find(id);
    if (found != incidents_.end()) system = found->second;
  }
  if (system.empty()) return of_the_node;
  return {.selected = chosen_ == nullptr || chosen_->system == system,
          .node_wide = false,
          .unselected = false};
}

/// A profile that names no models says nothing of them.
Place Selection::of_model(std::string_view data) const {
  if (chosen_ == nullptr || chosen_->models.empty()) return of_the_node;
  Profile named;
  named.models = chosen_->models;
  const Traits traits{.actor = {}, .model = text_member(data, "model"), .tool = {}, .tenant = {}};
  return {.selected = named.selects(traits), .node_wide = false, .unselected = false};
}

}  // namespace lexecon::compliance
