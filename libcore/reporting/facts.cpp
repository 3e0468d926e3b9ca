#include "reporting/facts.hpp"

#include "chain/entry.hpp"
#include "json/slices.hpp"

namespace lexecon::reporting {

using compliance::EvidenceSet;

Json new_section(std::string_view id, std::string_view title) {
  return {{"id", id},
          {"title", title},
          {"text", Json::array()},
          {"table", Json()},
          {"figure", Json()},
          {"facts", Json::array()},
          {"to_complete", Json::array()}};
}

void add_fact(Json& section, std::string_view label, const EvidenceSet& set, std::string_view what,
              Book& book) {
  add_fact(section, label, std::to_string(set.count), set, what, book);
}

void add_fact(Json& section, std::string_view label, const std::string& value,
              const EvidenceSet& set, std::string_view what, Book& book) {
  section["facts"].push_back({{"label", label},
                              {"value", value},
                              {"evidence", book.add(set, what)},
                              {"entries", Json::array()}});
}

void add_fact(Json& section, std::string_view label, const std::string& value, std::uint64_t seq) {
  section["facts"].push_back({{"label", label},
                              {"value", value},
                              {"evidence", Json()},
                              {"entries", Json::array({chain::entry_id(seq)})}});
}

Json new_table(std::initializer_list<std::string_view> columns) {
  auto names = Json::array();
  for (const auto column : columns) names.push_back(column);
  return {{"columns", std::move(names)}, {"rows", Json::array()}};
}

void add_row(Json& table, std::vector<std::string> cells, const EvidenceSet& set,
             std::string_view what, Book& book) {
  table["rows"].push_back(
      {{"cells", std::move(cells)}, {"evidence", book.add(set, what)}, {"entry_id", Json()}});
}

void add_row(Json& table, std::vector<std::string> cells, std::uint64_t seq) {
  table["rows"].push_back(
      {{"cells", std::move(cells)}, {"evidence", Json()}, {"entry_id", chain::entry_id(seq)}});
}

void add_row(Json& table, std::vector<std::string> cells) {
  table["rows"].push_back(
      {{"cells", std::move(cells)}, {"evidence", Json()}, {"entry_id", Json()}});
}

bool counts(const Seen& seen) { return seen.in_period && (seen.selected || seen.node_wide); }

std::string_view text_of(const Seen& seen, std::string_view member) {
  return json::unquoted(json::slice(seen.data, member));
}

void Tally::add(std::string_view label, const Seen& seen) {
  auto at = labels_.find(label);
  if (at == labels_.end()) at = labels_.try_emplace(std::string(label)).first;
  at->second.add(seen.entry.seq, seen.entry.timestamp, seen.hash);
}

EvidenceSet Tally::take(std::string_view label) {
  const auto at = labels_.find(label);
  if (at == labels_.end()) return compliance::EvidenceGatherer().finish();
  auto set = at->second.finish();
  labels_.erase(at);
  return set;
}

std::vector<std::pair<std::string, EvidenceSet>> Tally::take_all() {
  std::vector<std::pair<std::string, EvidenceSet>> out;
  for (auto& [label, gatherer] : labels_) out.emplace_back(label, gatherer.finish());
  labels_.clear();
  return out;
}

Json bars(std::string_view title, std::string_view unit,
          std::vector<std::pair<std::string, EvidenceSet>> sets, Book& book) {
  auto list = Json::array();
  for (const auto& [label, set] : sets) {
    list.push_back({{"label", label},
                    {"value", set.count},
                    {"evidence", book.add(set, std::string(title) + ": " + label)}});
  }
  return {{"type", "bars"}, {"title", title}, {"unit", unit}, {"bars", std::move(list)}};
}

}  // namespace lexecon::reporting
