#include "report/oscal_parts.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "crypto/uuid.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "views/escape.hpp"

namespace lexecon::report {
namespace {

// Namespaces: of this program's names, then of a report's.
constexpr std::string_view program_space = "8d1f9d52-5a0c-5e0b-9c57-0f4f3e1b7a66";
constexpr std::string_view property_space = "urn:lexecon:oscal";
constexpr std::string_view oscal_version = "1.2.1";
constexpr std::string_view nothing_said = "not said";

std::string trimmed(const std::string& line) {
  const auto from = line.find_first_not_of(' ');
  if (from == std::string::npos) return {};
  return line.substr(from, line.find_last_not_of(' ') - from + 1);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_of_token(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; }

/// People who concluded something, each once.
Json parties_of(const Json& model, const OscalNames& names) {
  std::set<std::string> told;
  Json out = Json::array();
  for (const auto& row : list_at(model, "rows")) {
    const auto by = text_at(at(row, "conclusion"), "by");
    if (by.empty() || !told.insert(by).second) continue;
    out.push_back(
        {{"uuid", names.uuid("party", by)}, {"type", "person"}, {"name", oscal_line(by)}});
  }
  return out;
}

Json evidence_of(const Json& kind, const OscalNames& names) {
  Json out = Json::array();
  const auto set = text_at(kind, "evidence");
  const auto name = text_at(kind, "kind");
  if (!set.empty()) {
    out.push_back({{"href", "#" + names.uuid("set", set)},
                   {"description", oscal_markup(name + ", " + text_at(kind, "state") +
                                                ": entries of set " + set)}});
  }
  const auto& statement = at(kind, "statement");
  if (statement.is_object()) {
    out.push_back({{"description", oscal_markup(name + ", declared by " + text_at(statement, "by") +
                                                " at " + text_at(statement, "at") + " in " +
                                                text_at(statement, "entry_id"))}});
  }
  return out;
}

Json set_resource(const Json& set, const OscalNames& names) {
  const auto id = text_at(set, "id");
  Json props = Json::array({oscal_prop("set", id), oscal_prop("count", text_at(set, "count")),
                            oscal_prop("sha256", text_at(set, "digest"))});
  for (const auto* end : {"first", "last"}) {
    const auto entry = text_at(at(set, end), "entry_id");
    if (!entry.empty()) props.push_back(oscal_prop(end, entry));
  }
  return {{"uuid", names.uuid("set", id)},
          {"title", oscal_markup("Entries of set " + id)},
          {"description", oscal_markup(text_at(set, "what"))},
          {"props", std::move(props)}};
}

Json checkpoint_resource(const Json& ledger, const OscalNames& names) {
  Json out = {{"uuid", names.uuid("resource", "checkpoint")},
              {"title", "Signed checkpoint of the ledger"},
              {"props", Json::array({oscal_prop("origin", text_at(ledger, "origin")),
                                     oscal_prop("tree_size", text_at(ledger, "tree_size")),
                                     oscal_prop("root_hash", text_at(ledger, "root_hash"))})}};
  const auto note = text_at(ledger, "checkpoint");
  if (!note.empty()) {
    out["base64"] = {
        {"filename", "checkpoint"}, {"media-type", "text/plain"}, {"value", to_base64(note)}};
  }
  return out;
}

}  // namespace

OscalNames::OscalNames(const Json& model) {
  const auto& header = at(model, "header");
  std::string of = text_at(at(header, "ledger"), "root_hash");
  for (const auto& part :
       {text_at(model, "kind"), text_at(at(header, "system"), "id"), text_at(header, "as_of"),
        text_at(at(header, "period"), "from"), text_at(at(header, "period"), "to")}) {
    of += "\n" + part;
  }
  for (const auto& each : list_at(header, "rulebooks")) of += "\n" + text_at(each, "sha256");
  space_ = crypto::uuid_of(program_space, of);
}

std::string OscalNames::uuid(std::string_view what, std::string_view id) const {
  return crypto::uuid_of(space_, std::string(what) + "\n" + std::string(id));
}

std::string oscal_line(std::string_view text) {
  const auto line = trimmed(printable(text));
  return line.empty() ? std::string(nothing_said) : line;
}

std::string oscal_markup(std::string_view text) {
  std::string out;
  views::append_markdown(out, trimmed(printable(text)));
  return out.empty() ? std::string(nothing_said) : out;
}

std::string oscal_token(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return !is_of_token(c); }, '-');
  if (out.empty() || !is_letter(out.front())) out.insert(0, "id-");
  return out;
}

std::string oscal_time(std::string_view text, bool is_end) {
  if (parse_date(text)) return std::string(text) + (is_end ? "T23:59:59Z" : "T00:00:00Z");
  if (const auto at = parse_time(text)) return to_text(*at);
  return "1970-01-01T00:00:00Z";
}

Json oscal_prop(std::string_view name, std::string_view value) {
  return {{"name", oscal_token(name)}, {"ns", property_space}, {"value", oscal_line(value)}};
}

Json without_empty(Json object) {
  for (auto member = object.begin(); member != object.end();) {
    const bool is_empty = member->is_null() || (member->is_array() && member->empty());
    member = is_empty ? object.erase(member) : std::next(member);
  }
  return object;
}

std::string control_of(const Json& row) {
  const auto control = text_at(row, "oscal_control");
  return oscal_token(control.empty() ? text_at(row, "id") : control);
}

Json oscal_metadata(const Json& model, std::string_view title, const OscalNames& names) {
  const auto& header = at(model, "header");
  const auto& ledger = at(header, "ledger");
  Json props = Json::array({oscal_prop("kind", text_at(model, "kind")),
                            oscal_prop("as_of", text_at(header, "as_of")),
                            oscal_prop("origin", text_at(ledger, "origin")),
                            oscal_prop("tree_size", text_at(ledger, "tree_size")),
                            oscal_prop("root_hash", text_at(ledger, "root_hash"))});
  if (at(header, "recorded") == false) props.push_back(oscal_prop("recorded", "no"));
  return without_empty({{"title", oscal_markup(title)},
                        {"last-modified", oscal_time(text_at(ledger, "last_entry_at"))},
                        {"version", oscal_line(text_at(header, "as_of"))},
                        {"oscal-version", oscal_version},
                        {"props", std::move(props)},
                        {"parties", parties_of(model, names)},
                        {"remarks", oscal_markup(text_at(header, "disclaimer"))}});
}

Json observation_of(const Json& model, const Json& row, const OscalNames& names) {
  const auto id = text_at(row, "id");
  const auto& evidence = at(row, "evidence");
  const auto& applicability = at(row, "applicability");
  Json relevant = Json::array();
  for (const auto& kind : list_at(evidence, "kinds")) {
    for (auto& each : evidence_of(kind, names)) relevant.push_back(std::move(each));
  }
  const auto said = text_at(row, "duty").empty() ? text_at(row, "title") : text_at(row, "duty");
  return without_empty(
      {{"uuid", names.uuid("observation", id)},
       {"title", oscal_markup(id + " " + text_at(row, "title"))},
       {"description", oscal_markup(said)},
       {"props", Json::array({oscal_prop("row", id), oscal_prop("control", control_of(row)),
                              oscal_prop("applicability", text_at(applicability, "state")),
                              oscal_prop("evidence", text_at(evidence, "state"))})},
       {"methods", Json::array({"EXAMINE"})},
       {"types", Json::array({"control-objective"})},
       {"relevant-evidence", std::move(relevant)},
       {"collected", oscal_time(text_at(at(at(model, "header"), "ledger"), "last_entry_at"))}});
}

Json oscal_resources(const Json& model, const OscalNames& names) {
  const auto& header = at(model, "header");
  Json out = Json::array({checkpoint_resource(at(header, "ledger"), names)});
  for (const auto& each : list_at(header, "rulebooks")) {
    const auto id = text_at(each, "id");
    out.push_back(
        {{"uuid", names.uuid("rulebook", id)},
         {"title", oscal_markup("Rulebook " + id + " " + text_at(each, "version"))},
         {"description", oscal_markup(text_at(each, "name"))},
         {"props", Json::array({oscal_prop("sha256", text_at(each, "sha256")),
                                oscal_prop("checked_on", text_at(each, "checked_on"))})}});
  }
  for (const auto& set : list_at(model, "evidence")) out.push_back(set_resource(set, names));
  return out;
}

}  // namespace lexecon::report
