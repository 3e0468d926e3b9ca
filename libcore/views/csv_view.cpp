#include <array>
#include <string>

#include "json/canonical.hpp"
#include "json/json.hpp"
#include "json/loose.hpp"
#include "json/parse.hpp"
#include "views/escape.hpp"
#include "views/told.hpp"
#include "views/view.hpp"

namespace lexecon::views {
namespace {

using json::member;

constexpr auto columns = std::to_array<std::string_view>({"rendering_of_package",
                                                          "root_checksum",
                                                          "tree_size",
                                                          "withheld_before",
                                                          "seq",
                                                          "entry_id",
                                                          "timestamp",
                                                          "event_type",
                                                          "actor",
                                                          "operator",
                                                          "role",
                                                          "decision_id",
                                                          "outcome",
                                                          "reason_code",
                                                          "reasoning",
                                                          "decided_actor",
                                                          "action",
                                                          "resource",
                                                          "tool",
                                                          "tenant",
                                                          "model",
                                                          "prompt",
                                                          "risk_level",
                                                          "risk_score",
                                                          "policy_hash",
                                                          "policy_mode",
                                                          "matched",
                                                          "unmet",
                                                          "escalation_id",
                                                          "override_id",
                                                          "token_id",
                                                          "names",
                                                          "named_by",
                                                          "previous_hash",
                                                          "entry_hash",
                                                          "leaf_hash",
                                                          "salt",
                                                          "sealed_state",
                                                          "sealed_hash",
                                                          "erased_by",
                                                          "sealed_content",
                                                          "origin",
                                                          "entry_version",
                                                          "data"});

/// One row, cell by cell.
class Row {
 public:
  Row& add(std::string_view text) {
    if (!out_.empty()) out_ += ',';
    append_csv(out_, text);
    return *this;
  }
  Row& add_number(std::uint64_t number) { return add(std::to_string(number)); }
  /// JSON text.
  Row& add_json(std::string_view json) { return add(json_text(json)); }
  /// A text as it is, a number as it is written, a list with spaces between, and nothing for null.
  Row& add_value(const Json& value) {
    if (value.is_null()) return add("");
    if (value.is_string()) return add_json(value.get_ref<const std::string&>());
    if (!value.is_array()) return add_json(json::canonical(value));
    std::string list;
    for (const auto& each : value) {
      if (!list.empty()) list += ' ';
      list += each.is_string() ? each.get_ref<const std::string&>() : json::canonical(each);
    }
    return add_json(list);
  }
  Row& add_entries(const std::vector<std::uint64_t>& seqs) {
    std::string list;
    for (const auto seq : seqs) list += (list.empty() ? "" : " ") + chain::entry_id(seq);
    return add(list);
  }
  [[nodiscard]] std::string take() { return std::move(out_) + "\r\n"; }

 private:
  std::string out_;
};

std::string header() {
  Row row;
  for (const auto column : columns) row.add(column);
  return row.take();
}

void add_facts(Row& row, const Json& data) {
  const auto& approval = member(data, "approval");
  row.add_value(member(approval, "operator")).add_value(member(approval, "role"));
  for (const auto* name : {"decision_id", "outcome", "reason_code", "reasoning", "actor", "action",
                           "resource", "tool", "tenant", "model", "prompt"}) {
    row.add_value(member(data, name));
  }
  const auto& risk = member(data, "risk");
  row.add_value(member(risk, "level")).add_value(member(risk, "score"));
  const auto& policy = member(data, "policy");
  const auto& hash = policy.is_object() ? member(policy, "hash") : member(data, "policy_hash");
  const auto& mode = policy.is_object() ? member(policy, "mode") : member(data, "mode");
  row.add_value(hash)
      .add_value(mode)
      .add_value(member(policy, "matched"))
      .add_value(member(policy, "unmet"));
  const auto& token = member(data, "token");
  row.add_value(member(data, "escalation_id")).add_value(member(data, "override_id"));
  row.add_value(token.is_object() ? member(token, "jti") : member(data, "jti"));
}

std::string shown(const Bag& bag, const Item& item, const References& references) {
  const Json entry = json::parse(item.bytes, "entry");
  const Json& data = entry.at("data");
  const auto related = related_to(item, data, references);
  const auto erased = references.erasure_of(item.view.seq);
  Row row;
  row.add(bag.manifest.export_id).add(bag.manifest.root_checksum.hex());
  row.add_number(bag.manifest.checkpoint.tree_size).add_number(item.withheld_before);
  row.add_number(item.view.seq).add(chain::entry_id(item.view.seq));
  row.add(item.view.time_text).add(item.view.event_type).add(item.view.actor);
  add_facts(row, data);
  row.add_entries(related.earlier).add_entries(related.later);
  row.add(item.view.previous_hash.hex()).add(chain::entry_hash(item.bytes).hex());
  row.add(chain::leaf_hash(item.bytes).hex()).add_value(entry.at("salt"));
  row.add(to_string(sealed_state(item, references))).add_value(entry.at("sealed_hash"));
  row.add(erased ? chain::entry_id(*erased) : std::string());
  row.add_json(item.sealed ? *item.sealed : std::string_view());
  row.add(item.view.origin).add_value(entry.at("v"));
  row.add_json(json::canonical(data));
  return row.take();
}

}  // namespace

void write_csv(const Bag& bag, const Survey& survey, const Sink& sink) {
  sink(header());
  each_item(bag, [&](const Item& item) { sink(shown(bag, item, survey.references)); });
}

}  // namespace lexecon::views
