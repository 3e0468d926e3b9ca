#include "reporting/gathering.hpp"

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "json/slices.hpp"
#include "package/entry_names.hpp"

namespace lexecon::reporting {
namespace {

std::vector<compliance::Profile> profiles_of(const std::vector<System>& systems) {
  std::vector<compliance::Profile> out;
  for (const auto& each : systems) out.push_back(each.profile);
  return out;
}

std::optional<std::string> id_of(const System* system) {
  return system == nullptr ? std::nullopt : std::optional(system->profile.system);
}

}  // namespace

Gathering::Gathering(const std::vector<System>& systems, const System* system,
                     const compliance::Rulebook& rulebook, compliance::Window window,
                     const std::vector<std::unique_ptr<Section>>& sections)
    : window_(window),
      selection_(profiles_of(systems), id_of(system)),
      collector_(rulebook, window),
      sections_(sections) {}

void Gathering::take(const Read& read) {
  const auto& entry = read.entry;
  const auto data = json::slice(read.bytes, "data");
  const compliance::EvidenceMark mark{entry.seq, entry.timestamp, read.hash};
  const auto line = compliance::digest_line(mark.seq, mark.hash);
  const auto place = selection_.place_of(entry, data);
  const bool in_period = window_.has(entry.timestamp);
  if (in_period) {
    entries_.add(mark, line);
    if (place.selected) selected_.add(mark, line);
    if (place.node_wide) node_wide_.add(mark, line);
    if (place.unselected) unselected_.add(mark, line);
  }
  if (place.selected || place.node_wide) collector_.take(entry, data, mark, line);
  take_statement(read);
  take_people(entry, data);
  last_at_ = entry.timestamp;
  const Seen seen{.entry = entry,
                  .bytes = read.bytes,
                  .data = data,
                  .hash = read.hash,
                  .in_period = in_period,
                  .selected = place.selected,
                  .node_wide = place.node_wide};
  for (const auto& section : sections_) section->see(seen);
}

/// Of every system: a statement may take another back.
void Gathering::take_statement(const Read& read) {
  const auto subject = package::subject_of(read.entry.event_type);
  if (subject != "compliance" && subject != "incident") return;
  const auto entry = chain::parse_entry(read.bytes);
  auto fault = statements_.take(entry);
  if (!fault) fault = incidents_.take(entry);
  if (fault) {
    throw Error(ErrorCode::integrity, *fault, chain::entry_id(entry.seq),
                "run lexecon ledger verify");
  }
}

void Gathering::take_people(const chain::EntryView& entry, std::string_view data) {
  if (entry.event_type == "operator.added" && !people_.first_operator) {
    people_.first_operator = entry.seq;
  }
  if (entry.event_type == "policy.activated") {
    people_.four_eyes = std::string(package::text_member(data, "four_eyes"));
  }
}

Gathered Gathering::finish() {
  return {.entries = entries_.finish(),
          .selected = selected_.finish(),
          .node_wide = node_wide_.finish(),
          .unselected = unselected_.finish(),
          .found = collector_.finish()};
}

}  // namespace lexecon::reporting
