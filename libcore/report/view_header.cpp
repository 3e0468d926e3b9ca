#include <utility>

#include "base/text.hpp"
#include "json/canonical.hpp"
#include "json/json.hpp"
#include "report/view.hpp"
#include "views/html_parts.hpp"

namespace lexecon::report {
namespace {

std::string words_of(std::string name) {
  for (auto& c : name) {
    if (c == '_') c = ' ';
  }
  return name;
}

/// What the profile says; what it leaves open stands there as open.
Json profile_view(const Json& profile) {
  Json out = Json::array();
  if (!profile.is_object()) return out;
  for (const auto& [name, value] : profile.items()) {
    if (name == "system") continue;  // told above
    std::string text = text_of(value);
    if (value.is_array()) text = joined(value, ", ");
    if (value.is_object()) text = json::canonical(value);
    if (value.is_boolean()) text = value == true ? "yes" : "no";
    if (text.empty()) text = "not said";
    out.push_back({{"label", words_of(name)}, {"value", std::move(text)}});
  }
  return out;
}

Json system_view(const Json& system, const Markup& markup) {
  if (!system.is_object()) return nullptr;
  return {{"id", text_at(system, "id")},
          {"name", text_or_null(system, "name")},
          {"entry", code_or_null(system, "profile_entry_id", markup)},
          {"set_by", text_at(system, "set_by")},
          {"set_at", when(system, "set_at")},
          {"profile", profile_view(at(system, "profile"))}};
}

Json rulebooks_view(const Json& header, const Markup& markup) {
  Json out = Json::array();
  for (const auto& each : list_at(header, "rulebooks")) {
    const auto& law = at(each, "law");
    const auto celex = text_at(law, "consolidated_celex");
    auto in_force = text_at(law, "name");
    if (in_force.empty()) in_force = text_at(law, "id");
    if (!celex.empty()) in_force += ", " + celex;
    Json sources = Json::array();
    for (const auto& source : list_at(each, "sources")) {
      sources.push_back({{"source", text_of(source)}});
    }
    out.push_back({{"id", code_or_null(each, "id", markup)},
                   {"name", text_at(each, "name")},
                   {"version", text_at(each, "version")},
                   {"edition", text_or_null(each, "edition")},
                   {"sha256", code_or_null(each, "sha256", markup)},
                   {"checked_on", text_at(each, "checked_on")},
                   {"law", in_force.empty() ? Json() : Json(in_force)},
                   {"licence", text_or_null(each, "licence")},
                   {"sources", std::move(sources)}});
  }
  return out;
}

Json ledger_view(const Json& ledger, const Markup& markup) {
  const auto& verification = at(ledger, "verification");
  Json checks = Json::array();
  for (const auto& each : list_at(verification, "checks")) {
    checks.push_back(
        {{"name", words_of(text_at(each, "name"))}, {"status", words_of(text_at(each, "status"))}});
  }
  Json checkpoint = Json::array();
  for (const auto& line : split(text_at(ledger, "checkpoint"), '\n')) checkpoint.push_back(line);
  return {{"origin", code_or_null(ledger, "origin", markup)},
          {"vkey", code_or_null(ledger, "vkey", markup)},
          {"tree_size", views::grouped(number_at(ledger, "tree_size"))},
          {"root_hash", code_or_null(ledger, "root_hash", markup)},
          {"checkpoint", lines_view(checkpoint, markup)},
          {"last_entry_at", when(ledger, "last_entry_at")},
          {"verdict", text_at(verification, "verdict")},
          {"is_valid", text_at(verification, "verdict") == "valid"},
          {"entries_verified", views::grouped(number_at(verification, "entries_verified"))},
          {"checks", std::move(checks)}};
}

Json redecided_view(const Json& redecided) {
  if (!redecided.is_object()) return nullptr;
  Json out = Json::object();
  for (const auto* name : {"decisions", "judged", "erased", "engine_unknown"}) {
    out[name] = views::grouped(number_at(redecided, name));
  }
  return out;
}

Json selection_view(const Json& selection, const Markup& markup, const Sets& sets) {
  Json out = Json::array();
  for (const auto* name : {"entries", "selected", "node_wide", "unselected"}) {
    auto count = count_or_null(selection, name, markup, sets);
    if (count.is_null()) continue;
    out.push_back({{"label", text_at(sets.find(text_at(selection, name)), "what")},
                   {"count", std::move(count)}});
  }
  return out;
}

Json sentences_view(const Json& list) {
  Json out = Json::array();
  for (const auto& each : list) out.push_back({{"sentence", text_of(each)}});
  return out;
}

}  // namespace

Json header_view(const Json& model, const Markup& markup, const Sets& sets) {
  const auto& header = at(model, "header");
  const auto& people = at(header, "people");
  Json out = {
      {"kind", text_at(model, "kind")},
      {"title", text_at(model, "title")},
      {"system", system_view(at(header, "system"), markup)},
      {"rulebooks", rulebooks_view(header, markup)},
      {"from", text_at(at(header, "period"), "from")},
      {"to", text_at(at(header, "period"), "to")},
      {"as_of", text_at(header, "as_of")},
      {"ledger", ledger_view(at(header, "ledger"), markup)},
      {"redecided", redecided_view(at(at(header, "ledger"), "redecided"))},
      {"selection", selection_view(at(header, "selection"), markup, sets)},
      {"human_authority_from", code_or_null(people, "human_authority_from", markup)},
      {"four_eyes", text_or_null(people, "four_eyes")},
      {"cannot_see", sentences_view(list_at(header, "cannot_see"))},
      {"verify", lines_view(list_at(header, "verify"), markup)},
      {"disclaimer", text_at(header, "disclaimer")},
      {"is_sealed", at(header, "sealed") == true},
      {"is_unrecorded", at(header, "recorded") == false},
  };
  for (const auto* name : {"rulebooks", "selection", "cannot_see", "verify"}) {
    out["has_" + std::string(name)] = !out[name].empty();
  }
  return out;
}

}  // namespace lexecon::report
