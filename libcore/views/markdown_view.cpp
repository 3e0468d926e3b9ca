#include <array>
#include <functional>
#include <string>

#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/loose.hpp"
#include "views/escape.hpp"
#include "views/names.hpp"
#include "views/told.hpp"
#include "views/view.hpp"

namespace lexecon::views {
namespace {

using json::member;
using json::text;

std::string code(std::string_view text) {
  std::string out;
  append_markdown_code(out, text);
  return out;
}

std::string prose(std::string_view text) {
  std::string out;
  append_markdown(out, text);
  return out;
}

/// A text as code, anything else as its JSON text; nothing for null.
std::string cell(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return code(value.get_ref<const std::string&>());
  if (!value.is_array()) return code(json_text(json::canonical(value)));
  std::string out;
  for (const auto& each : value) out += (out.empty() ? "" : " ") + cell(each);
  return out;
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const auto& each : cells) out += (each.empty() ? std::string(" ") : " " + each + " ") + "|";
  return out + "\n";
}

std::string table_head(const std::vector<std::string>& names) {
  std::string out = row(names) + "|";
  for (std::size_t at = 0; at < names.size(); ++at) out += "---|";
  return out + "\n";
}

std::string count_table(const std::string& title, const std::string& name, const Count& count) {
  std::string out = "\n## " + title + "\n\n" + table_head({name, "Entries"});
  for (const auto& [each, number] : count.of()) {
    out += row({code(each), std::to_string(number)});
  }
  if (count.others() > 0) out += row({"of any other", std::to_string(count.others())});
  return out;
}

std::string facts(const Bag& bag) {
  const auto& manifest = bag.manifest;
  const auto& contents = manifest.contents;
  std::string out = table_head({"What", "Value"});
  const auto add = [&out](const std::string& name, std::string_view value) {
    out += row({name, code(value)});
  };
  add("Package", manifest.export_id);
  add("Root checksum", manifest.root_checksum.hex());
  add("Log", manifest.checkpoint.origin);
  add("Size of the log", std::to_string(manifest.checkpoint.tree_size));
  add("Root of the tree", manifest.checkpoint.root.hex());
  add("Key that signed", bag.ledger_vkey);
  add("Made at", to_text_seconds(manifest.generated_at));
  add("Made by", manifest.generator);
  add("Request", json_text(json::canonical(manifest.request)));
  add("Scope", package::is_whole(manifest) ? "all" : "filtered");
  add("Sealed content", package::to_string(manifest.disclosure));
  const auto counts = package::to_json(contents);
  for (const auto& [name, value] : counts.items()) {
    out += row({"Counted: " + prose(name), value.dump()});
  }
  return out;
}

std::string head(const Bag& bag, const Survey& survey) {
  std::string out = "# Ledger " + code(bag.manifest.checkpoint.origin) + "\n\n> " +
                    std::string(notice) + "\n\n" + facts(bag);
  out += "\n## Signed checkpoint\n\n```\n" + bag.note + "```\n\n## Withheld and erased\n\n";
  const auto missing = withheld(bag);
  for (const auto& each : missing) out += "- " + each + "\n";
  if (missing.empty()) out += "Nothing.\n";
  out += "\n## How to check\n\n";
  for (const auto& [what, command] : steps_to_check(bag)) {
    out += "1. " + prose(what) + ":\n\n   ```\n   " + command + "\n   ```\n";
  }
  return out + count_table("Outcomes", "Outcome", survey.outcomes) +
         count_table("Reasons", "Reason", survey.reasons) +
         count_table("Entries by type", "Type", survey.types);
}

std::string when(const Item& item) { return std::string(item.view.time_text); }

std::string seq(const Item& item) { return std::to_string(item.view.seq); }

std::string entry_list(const std::vector<std::uint64_t>& seqs) {
  std::string out;
  for (const auto each : seqs) out += (out.empty() ? "" : ", ") + std::to_string(each);
  return out;
}

/// What was sealed beside the entry, or what became of that.
std::string sealed(const Item& item, const References& references) {
  if (const auto value = value_of(item)) return code(json_text(json::canonical(*value)));
  const auto state = sealed_state(item, references);
  return state == SealedState::none ? std::string() : std::string(to_string(state));
}

using Cells = std::vector<std::string>;

Cells decision_cells(const Item& item, const Json& data, const References& references) {
  const auto& policy = member(data, "policy");
  const auto related = related_to(item, data, references);
  return {seq(item),
          when(item),
          cell(member(data, "actor")),
          cell(member(data, "action")),
          cell(member(data, "resource")),
          cell(member(data, "outcome")),
          cell(member(data, "reason_code")),
          cell(member(policy, "matched")),
          sealed(item, references),
          entry_list(related.later)};
}

Cells refusal_cells(const Item& item, const Json& data, const References&) {
  const auto& risk = member(data, "risk");
  return {seq(item),
          cell(member(data, "decision_id")),
          cell(member(data, "outcome")),
          prose(text(data, "reasoning")),
          cell(member(data, "reasons")),
          cell(member(member(data, "policy"), "unmet")),
          cell(member(risk, "level")) + " " + cell(member(risk, "score"))};
}

Cells event_cells(const Item& item, const Json& data, const References& references) {
  const auto& approval = member(data, "approval");
  Json rest = data.is_object() ? data : Json::object();
  rest.erase("approval");
  return {seq(item),
          when(item),
          code(item.view.event_type),
          code(item.view.actor),
          cell(member(approval, "role")),
          code(json_text(json::canonical(rest))),
          sealed(item, references)};
}

struct Section {
  std::string_view title;
  std::vector<std::string> columns;
  std::function<bool(const Item&)> takes;
  Cells (*cells)(const Item&, const Json&, const References&);
};

bool is_of(const Item& item, std::string_view group) {
  return item.view.event_type.starts_with(group);
}

bool is_decision(const Item& item) { return item.view.event_type == "decision"; }

bool is_refusal(const Item& item) {
  if (!is_decision(item)) return false;
  return is_in(Listing::refused, item, is_known(item) ? Json() : data_of(item));
}

bool is_other(const Item& item) {
  return !is_decision(item) && !is_of(item, "escalation.") && !is_of(item, "override.") &&
         !is_of(item, "operator.");
}

std::vector<Section> sections() {
  const Cells events{"Entry", "Time", "Event", "By", "Role", "What", "Sealed content"};
  return {
      {"Decisions",
       {"Entry", "Time", "Actor", "Action", "Resource", "Outcome", "Reason", "Relations",
        "Sealed content", "Later entries"},
       is_decision,
       decision_cells},
      {"Denied, escalated and conditional decisions",
       {"Entry", "Decision", "Outcome", "Why", "Reasons", "Unmet", "Risk"},
       is_refusal,
       refusal_cells},
      {"Escalations", events, [](const Item& item) { return is_of(item, "escalation."); },
       event_cells},
      {"Overrides", events, [](const Item& item) { return is_of(item, "override."); }, event_cells},
      {"People", events, [](const Item& item) { return is_of(item, "operator."); }, event_cells},
      {"Every other entry", events, is_other, event_cells},
  };
}

void write_section(const Section& section, const Bag& bag, const Survey& survey, const Sink& sink) {
  sink("\n## " + std::string(section.title) + "\n\n");
  std::uint64_t rows = 0;
  each_item(bag, [&](const Item& item) {
    if (!section.takes(item)) return;
    if (rows++ == 0) sink(table_head(section.columns));
    sink(row(section.cells(item, data_of(item), survey.references)));
  });
  sink(rows == 0 ? "None.\n" : "\n" + std::to_string(rows) + " in all.\n");
}

}  // namespace

void write_markdown(const Bag& bag, const Survey& survey, const Sink& sink) {
  sink(head(bag, survey));
  for (const auto& section : sections()) write_section(section, bag, survey, sink);
}

}  // namespace lexecon::views
