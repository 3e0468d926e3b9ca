#include <algorithm>
#include <array>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "compliance/rulebook_fields.hpp"
#include "compliance/rulebook_parts.hpp"

namespace lexecon::compliance {
namespace {

constexpr auto placed = std::to_array<std::string_view>({"system", "model"});
constexpr auto routes = std::to_array<std::string_view>({"annex_iii", "annex_i"});

Transition read_transition(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  Transition out;
  static_cast<void>(reader.get({"of"}));
  out.of = one_of(reader, "of", placed);
  out.route = one_of(reader, "route", routes);
  out.placed_before = day(reader, "placed_before");
  out.from = optional_day(reader, "from");
  out.public_bodies = optional_day(reader, "public_bodies");
  out.basis = line(reader, "basis");
  reader.finish();
  if (out.from && (*out.from <= out.placed_before || out.public_bodies)) {
    reader.fail(node.mark, "expected `from` alone, and after `placed_before`");
  }
  if (out.public_bodies && *out.public_bodies <= out.placed_before) {
    reader.fail(node.mark, "expected `public_bodies` after `placed_before`");
  }
  return out;
}

void read_transitions(json::NodeReader& reader, const std::string& file, LawDates& dates) {
  const auto* list = reader.find("transitions");
  if (list == nullptr) return;
  for (const auto& item : reader.as_list(*list, "transitions")) {
    auto next = read_transition(item, file);
    const auto overlaps = [&](const Transition& other) {
      return other.route == next.route || other.route.empty() || next.route.empty();
    };
    if (std::any_of(dates.transitions.begin(), dates.transitions.end(), overlaps)) {
      reader.fail(item.mark, "expected one transition for each route");
    }
    dates.transitions.push_back(std::move(next));
  }
}

/// Either a day for all, or one for each route; before them the one that is disputed.
void check_dates(const json::NodeReader& reader, const json::Node& node, const LawDates& dates) {
  const bool by_route = dates.annex_iii.has_value() || dates.annex_i.has_value();
  if (dates.all.has_value() == by_route ||
      dates.annex_iii.has_value() != dates.annex_i.has_value()) {
    reader.fail(node.mark, "expected `all`, or `annex_iii` and `annex_i`");
  }
  if (dates.is_disputed != dates.formal.has_value()) {
    reader.fail(node.mark, "expected `formal` where the dates are disputed, and nowhere else");
  }
  if (dates.formal && (!by_route || *dates.formal > std::min(*dates.annex_iii, *dates.annex_i))) {
    reader.fail(node.mark, "expected `formal` before the dates of both routes");
  }
}

LawDates read_dates(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  LawDates out;
  if (node.members.empty()) return out;  // the law did not have it yet
  out.all = optional_day(reader, "all");
  out.annex_iii = optional_day(reader, "annex_iii");
  out.annex_i = optional_day(reader, "annex_i");
  out.formal = optional_day(reader, "formal");
  out.is_disputed = flag(reader, "disputed");
  out.basis = line(reader, "basis");
  read_transitions(reader, file, out);
  reader.finish();
  check_dates(reader, node, out);
  return out;
}

LawVersion read_version(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  LawVersion out;
  out.id = line(reader, "id");
  out.from = day(reader, "from");
  out.name = line(reader, "name");
  out.consolidated_celex = line(reader, "consolidated_celex");
  reader.finish();
  return out;
}

}  // namespace

std::vector<LawVersion> read_versions(const json::NodeReader& reader, const json::Node& node,
                                      const std::string& file) {
  std::vector<LawVersion> out;
  for (const auto& item : reader.as_list(node, "law")) {
    out.push_back(read_version(item, file));
    if (out.size() > 1 && out[out.size() - 2].from >= out.back().from) {
      reader.fail(item.mark, "expected the versions of the law, oldest first");
    }
  }
  if (out.empty()) reader.fail(node.mark, "expected a version of the law");
  return out;
}

DateClasses read_date_classes(const json::Node& node, const std::string& file,
                              std::size_t versions) {
  const json::NodeReader reader(node, file);
  DateClasses out;
  for (const auto& member : node.members) {
    auto& dates = out[member.key];
    for (const auto& item : reader.as_list(member.value, member.key)) {
      dates.push_back(read_dates(item, file));
    }
    if (dates.size() != versions || !dates.back().exists()) {
      reader.fail(member.mark, "expected the dates of `" + printable(member.key) +
                                   "` for each version of the law, `{}` before it had them");
    }
  }
  return out;
}

std::vector<Penalty> read_penalties(const json::Node& node, const std::string& file) {
  const json::NodeReader reader(node, file);
  std::vector<Penalty> out;
  for (const auto& member : node.members) {
    if (!is_free_identifier(member.key)) {
      reader.fail(member.mark, "expected the id of a fine, found `" + printable(member.key) + "`");
    }
    out.push_back({member.key, line_of(reader, member.value, member.key)});
  }
  return out;
}

}  // namespace lexecon::compliance
