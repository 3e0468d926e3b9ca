#include "chain/entry_view.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "chain/decision_scan.hpp"
#include "chain/entry.hpp"
#include "chain/event_shapes.hpp"
#include "chain/forward.hpp"
#include "json/parse.hpp"

namespace lexecon::chain {
namespace {

constexpr std::string_view decision_type = "decision";

bool is_actor(const Word& word) {
  constexpr std::string_view person = "operator:";
  constexpr std::string_view node = "node:";
  const bool is_person = word.text.starts_with(person);
  if (!is_person && !word.text.starts_with(node)) return word.is_term("actor:");
  // The colon is not of the alphabet of ids, so what follows it is looked at alone.
  return is_node_id(word.text.substr(is_person ? person.size() : node.size()));
}

struct Data {
  std::string_view text;
  bool is_decision = false;
  ScannedData scanned;
};

bool read_data(Forward& reader, Data& data) {
  const char* const start = reader.position();
  Forward ahead = reader;
  data.is_decision = scan_decision(ahead, data.scanned);
  if (data.is_decision) {
    reader = ahead;
  } else if (Forward open = reader; !open.literal("{") || !reader.value(json::max_depth - 1)) {
    return false;
  }
  data.text = {start, static_cast<std::size_t>(reader.position() - start)};
  return true;
}

bool is_listed(std::string_view event_type) {
  const auto listed = event_shapes();
  return std::any_of(listed.begin(), listed.end(),
                     [&](const EventShape& shape) { return shape.event_type == event_type; });
}

/// Whether check_entry() would say true: the data has its shape and agrees with the entry around it.
bool is_checked(const EntryView& entry, Data& data) {
  const DataView& view = data.scanned.view;
  if (entry.event_type == decision_type) {
    return data.is_decision && data.scanned.at == entry.time_text && view.actor == entry.actor &&
           entry.sealed_hash;
  }
  data.scanned = {};
  if (!scan_event(entry.event_type, data.text, data.scanned)) return false;
  return data.scanned.at.empty() || data.scanned.at == entry.time_text;
}

bool is_id_of(std::string_view id, std::string_view seq) {
  constexpr std::string_view prefix = "entry_";
  if (seq == "0") return id == "genesis";
  return id.starts_with(prefix) && id.substr(prefix.size()) == seq;
}

bool read_sealed_hash(Forward& reader, std::optional<Hash>& out) {
  return reader.literal("null") || reader.hash(out.emplace());
}

}  // namespace

std::optional<EntryView> scan_entry(std::string_view bytes) {
  if (bytes.size() > max_entry_bytes) return std::nullopt;
  Forward reader(bytes);
  EntryView out;
  Data data;
  Word actor;
  Word id;
  Word type;
  Word origin;
  Word salt;
  Word time;
  if (!reader.literal("{\"actor\":") || !reader.text(actor) || !is_actor(actor) ||
      !reader.literal(",\"data\":") || !read_data(reader, data) ||
      !reader.literal(",\"entry_id\":") || !reader.text(id) ||
      !reader.literal(",\"event_type\":") || !reader.text(type) || !type.is_event_type() ||
      !reader.literal(",\"origin\":") || !reader.text(origin) || !origin.is_origin() ||
      !reader.literal(",\"previous_hash\":") || !reader.hash(out.previous_hash) ||
      !reader.literal(",\"salt\":") || !reader.hex(salt, 32) ||
      !reader.literal(",\"sealed_hash\":") || !read_sealed_hash(reader, out.sealed_hash) ||
      !reader.literal(",\"seq\":")) {
    return std::nullopt;
  }
  const char* const digits = reader.position();
  std::int64_t seq = 0;
  if (!reader.integer(seq, 0, json::max_integer)) return std::nullopt;
  const std::string_view seq_text(digits, static_cast<std::size_t>(reader.position() - digits));
  if (!reader.literal(",\"timestamp\":") || !reader.framed(time, 27) ||
      !reader.literal(",\"v\":\"lexecon-entry/1\"}") || !reader.at_end()) {
    return std::nullopt;
  }
  const auto at = entry_time(time.text);
  if (!at || !is_id_of(id.text, seq_text) || (seq == 0 && out.previous_hash != Hash{})) {
    return std::nullopt;
  }
  out.actor = actor.text;
  out.event_type = type.text;
  out.origin = origin.text;
  out.time_text = time.text;
  out.seq = static_cast<std::uint64_t>(seq);
  out.timestamp = *at;
  if (is_checked(out, data)) {
    out.shape = DataShape::listed;
    out.data = data.scanned.view;
  } else if (!is_listed(out.event_type)) {
    out.shape = DataShape::unlisted;
  }
  return out;
}

EntryView view_of(const Entry& entry, std::string_view time_text) {
  return {.actor = entry.actor,
          .event_type = entry.event_type,
          .origin = entry.origin,
          .time_text = time_text,
          .previous_hash = entry.previous_hash,
          .sealed_hash = entry.sealed_hash,
          .seq = entry.seq,
          .timestamp = entry.timestamp,
          .shape = DataShape::unchecked,
          .data = view_of(entry)};
}

}  // namespace lexecon::chain
