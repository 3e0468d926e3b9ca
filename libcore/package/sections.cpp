#include "package/sections.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "chain/entry.hpp"
#include "json/canonical.hpp"
#include "json/slices.hpp"

namespace lexecon::package {
namespace {

using namespace std::string_view_literals;

/// The part of an event type before its first dot, and where such entries belong.
constexpr auto subjects = std::to_array<std::pair<std::string_view, Section>>({
    {"approval", Section::oversight},
    {"clock", Section::registry},
    {"compliance", Section::compliance},
    {"decision", Section::decisions},
    {"escalation", Section::escalations},
    {"evidence", Section::compliance},
    {"export", Section::compliance},
    {"gate", Section::decisions},
    {"genesis", Section::registry},
    {"hold", Section::compliance},
    {"incident", Section::compliance},
    {"key", Section::registry},
    {"ledger", Section::compliance},
    {"limit", Section::decisions},
    {"log", Section::registry},
    {"model", Section::registry},
    {"operator", Section::registry},
    {"override", Section::overrides},
    {"oversight", Section::oversight},
    {"policy", Section::registry},
    {"privacy", Section::compliance},
    {"profile", Section::compliance},
    {"prompt", Section::registry},
    {"report", Section::compliance},
    {"responsibility", Section::responsibility},
    {"sealed", Section::compliance},
    {"token", Section::decisions},
    {"witness", Section::registry},
});

/// The value in S as it stands there.
std::string_view value_in(std::string_view sealed) {
  constexpr auto before = R"({"salt":")"sv;
  constexpr auto between = R"(","value":)"sv;
  constexpr std::size_t salt_digits = 64;
  constexpr auto start = before.size() + salt_digits + between.size();
  if (sealed.size() <= start || !sealed.starts_with(before) || !sealed.ends_with('}') ||
      sealed.substr(start - between.size(), between.size()) != between) {
    throw Error(ErrorCode::bad_input, "expected sealed content: a salt and a value");
  }
  return sealed.substr(start, sealed.size() - start - 1);
}

void append(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const auto part : parts) out += part;
}

/// Members of an object, as they stand there, as an object.
void append_members(std::string& out, std::string_view object,
                    std::initializer_list<std::string_view> wanted) {
  char separator = '{';
  json::Slices members(object);
  while (const auto member = members.next()) {
    if (std::find(wanted.begin(), wanted.end(), member->name) == wanted.end()) continue;
    out += std::exchange(separator, ',');
    append(out, {"\"", member->name, "\":", member->value});
  }
  out += separator == '{' ? "{}" : "}";
}

/// All of it but the signature in its approval, which nobody reads.
void append_data(std::string& out, std::string_view data) {
  constexpr auto name = "approval"sv;
  const auto approval = json::slice(data, name);
  if (approval.empty()) {
    out += data;
    return;
  }
  const auto start = static_cast<std::size_t>(approval.data() - data.data());
  out += data.substr(0, start);
  append_members(out, approval, {"issued_at", "operator", "role"});
  out += data.substr(start + approval.size());
}

std::string head_of(const chain::EntryView& entry) {
  std::string out = R"({"at":")";
  append(out, {entry.time_text, R"(","by":)"});
  json::append_canonical(out, entry.actor);
  out += R"(,"data":)";
  return out;
}

std::string tail_of(const chain::EntryView& entry, std::optional<std::string_view> sealed) {
  std::string out = R"(,"entry_id":")" + chain::entry_id(entry.seq) + '"';
  if (sealed) append(out, {R"(,"sealed":)", value_in(*sealed)});
  append(out, {R"(,"what":")", entry.event_type, "\"}\n"});
  return out;
}

}  // namespace

std::string_view to_string(Section section) {
  switch (section) {
    case Section::compliance:
      return "compliance";
    case Section::decisions:
      return "decisions";
    case Section::escalations:
      return "escalations";
    case Section::overrides:
      return "overrides";
    case Section::oversight:
      return "oversight";
    case Section::registry:
      return "registry";
    case Section::responsibility:
      return "responsibility";
    case Section::risk:
      return "risk";
  }
  throw Error(ErrorCode::internal, "a section of no kind");
}

std::string section_name(Section section) {
  const auto name = std::string(to_string(section));
  return "data/" + name + "/" + name + ".jsonl";
}

std::optional<Section> section_of(std::string_view event_type) {
  const auto subject = event_type.substr(0, event_type.find('.'));
  const auto* const found =
      std::find_if(subjects.begin(), subjects.end(),
                   [subject](const auto& each) { return each.first == subject; });
  return found == subjects.end() ? std::nullopt : std::optional(found->second);
}

void SectionWriter::take(const chain::EntryView& entry, std::string_view bytes,
                         std::optional<std::string_view> sealed) {
  const auto section = section_of(entry.event_type);
  if (!section) return;
  const auto data = json::slice(bytes, "data");
  std::string line = head_of(entry);
  append_data(line, data);
  line += tail_of(entry, sealed);
  put(*section, line);
  if (entry.event_type != "decision" || json::slice(data, "risk") == "null") return;
  line = head_of(entry);
  append_members(line, data, {"action", "actor", "decision_id", "outcome", "resource", "risk"});
  line += tail_of(entry, std::nullopt);
  put(Section::risk, line);
}

void SectionWriter::put(Section section, const std::string& line) {
  if (!std::exchange(exists_.at(static_cast<std::size_t>(section)), true)) {
    sink_(section, R"({"schema":"lexecon.section.)" + std::string(to_string(section)) + "/1\"}\n");
  }
  sink_(section, line);
}

}  // namespace lexecon::package
