#include <algorithm>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "compliance/rulebook_fields.hpp"
#include "compliance/rulebook_parts.hpp"

namespace lexecon::compliance {
namespace {

void check_pointer(const json::NodeReader& reader, const std::string& pointer,
                   const json::Mark& at) {
  if (pointer.size() < 2 || pointer.front() != '/') {
    reader.fail(at, "expected a JSON pointer into data, found `" + printable(pointer) + "`",
                "write it as in `/risk/risk_id`");
  }
}

/// One text, a list of texts, or `any`.
std::vector<std::string> values_of(const json::NodeReader& reader, const json::Node& node,
                                   const std::string& pointer) {
  std::vector<std::string> out;
  if (node.kind != json::Node::Kind::list) {
    out.push_back(line_of(reader, node, pointer));
    if (out.front() == "any") out.clear();
    return out;
  }
  for (const auto& item : node.items) out.push_back(line_of(reader, item, pointer));
  if (out.empty()) reader.fail(node.mark, "expected a value of " + pointer);
  return out;
}

std::vector<EntryMatch::Member> read_where(json::NodeReader& match, const std::string& file) {
  std::vector<EntryMatch::Member> out;
  const auto* node = match.find("where");
  if (node == nullptr) return out;
  json::NodeReader reader(*node, file);
  for (const auto& member : node->members) {
    check_pointer(reader, member.key, member.mark);
    out.push_back({member.key, values_of(reader, member.value, member.key)});
  }
  return out;
}

EntryMatch read_match(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  EntryMatch out;
  const auto& event = reader.get({"event"});
  out.event_type = line_of(reader, event, "event");
  if (!is_event_type(out.event_type)) {
    reader.fail(event.mark, "expected a type of event, found `" + out.event_type + "`");
  }
  out.where = read_where(reader, file);
  out.is_signed = flag(reader, "signed");
  out.demand_at = lines(reader, "demand_at");
  for (const auto& pointer : out.demand_at) check_pointer(reader, pointer, node.mark);
  reader.finish();
  return out;
}

EvidenceKind read_kind(const std::string& id, const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  EvidenceKind out;
  out.id = id;
  out.meaning = line(reader, "meaning");
  out.stands = flag(reader, "stands");
  out.is_occasional = flag(reader, "occasional");
  if (const auto* span = reader.find("stale_after")) {
    out.stale_after = parse_span(reader.as_text(*span, "stale_after"));
    if (!out.stale_after) reader.fail(span->mark, "expected a span as stale_after, as in `1y`");
    if (!out.stands) reader.fail(span->mark, "expected stale_after only of a kind that stands");
  }
  if (const auto* matches = reader.find("matches")) {
    for (const auto& item : reader.as_list(*matches, "matches")) {
      out.matches.push_back(read_match(item, file));
    }
  }
  reader.finish();
  return out;
}

}  // namespace

std::vector<EvidenceKind> read_kinds(const json::Node& node, const std::string& file) {
  const json::NodeReader reader(node, file);
  std::vector<EvidenceKind> out;
  for (const auto& member : node.members) {
    if (!is_event_type(member.key)) {
      reader.fail(member.mark, "expected the id of a kind, found `" + printable(member.key) + "`",
                  "lower-case letters and `_`");
    }
    out.push_back(read_kind(member.key, member.value, file));
  }
  std::sort(out.begin(), out.end(),
            [](const EvidenceKind& left, const EvidenceKind& right) { return left.id < right.id; });
  return out;
}

}  // namespace lexecon::compliance
