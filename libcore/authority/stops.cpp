#include "authority/stops.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::authority {
namespace {

std::string text(const chain::Entry& entry, const char* name) {
  const Json& value = entry.data.at(name);
  return value.is_null() ? std::string() : value.get<std::string>();
}

}  // namespace

Fault Stops::take(const chain::Entry& entry, const Hash& hash) {
  const bool is_stop = entry.event_type == "oversight.stopped";
  if (!is_stop && entry.event_type != "oversight.resumed") return std::nullopt;
  const auto id = text(entry, "stop_id");
  const auto found =
      std::find_if(stops_.begin(), stops_.end(), [&](const Stop& stop) { return stop.id == id; });
  if (is_stop) {
    if (found != stops_.end()) return "the stop `" + id + "` is there a second time";
    stops_.push_back({.id = id,
                      .scope = text(entry, "scope"),
                      .target = text(entry, "target"),
                      .reason = text(entry, "reason"),
                      .actor = entry.actor,
                      .seq = entry.seq,
                      .at = entry.timestamp,
                      .hash = hash,
                      .resumed_seq = std::nullopt});
    return std::nullopt;
  }
  if (found == stops_.end()) return "there is no stop `" + id + "`";
  if (found->resumed_seq) return "the stop `" + id + "` was ended before";
  found->resumed_seq = entry.seq;
  return std::nullopt;
}

const Stop* Stops::find(std::string_view actor, std::string_view tenant, std::uint64_t seq) const {
  const auto covers = [&](const Stop& stop) {
    if (!stop.holds(seq)) return false;
    if (stop.scope == "all") return true;
    return stop.target == (stop.scope == "actor" ? actor : tenant);
  };
  const auto found = std::find_if(stops_.begin(), stops_.end(), covers);
  return found == stops_.end() ? nullptr : &*found;
}

const Stop* Stops::by_id(std::string_view id) const {
  const auto found =
      std::find_if(stops_.begin(), stops_.end(), [&](const Stop& stop) { return stop.id == id; });
  return found == stops_.end() ? nullptr : &*found;
}

}  // namespace lexecon::authority
