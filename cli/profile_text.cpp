#include "profile_text.hpp"

#include <array>
#include <utility>
#include <vector>

#include "json/json.hpp"
#include "output.hpp"

namespace lexecon::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Empty where nothing was said: the line is left out then.
std::string told(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (!value.is_array()) return shown(value);
  std::string out;
  for (const auto& each : value) out += (out.empty() ? "" : " ") + shown(each);
  return out;
}

std::string written(const Json& document, const char* member) {
  return document["erased"].get<bool>() ? "erased" : told(document[member]);
}

}  // namespace

std::string profile_text(const Json& document) {
  const Json& profile = document["profile"];
  Pairs pairs{{"system", shown(document, "system")},
              {"state", document["in_force"].get<bool>() ? "in force" : "superseded"},
              {"name", written(document, "name")},
              {"purpose", written(document, "purpose")}};
  constexpr auto members = std::to_array<std::pair<const char*, const char*>>({
      {"actors", "actors"},
      {"models", "models"},
      {"tools", "tools"},
      {"tenants", "tenants"},
      {"roles", "roles"},
      {"route", "route"},
      {"annex iii", "annex_iii"},
      {"profiling", "profiling"},
      {"exceptions", "exceptions"},
      {"transparency", "transparency"},
      {"placed on", "placed_on"},
      {"changed on", "changed_on"},
      {"size class", "size_class"},
      {"public body", "public_body"},
      {"financial", "financial_institution"},
      {"law enforcement", "law_enforcement"},
      {"systemic risk", "systemic_risk"},
      {"member states", "member_states"},
  });
  for (const auto& [label, member] : members) pairs.emplace_back(label, told(profile[member]));
  pairs.insert(pairs.end(), {{"why", written(document, "reason")},
                             {"by", shown(document, "actor")},
                             {"at", shown(document, "timestamp")},
                             {"entry", shown(document, "ledger_entry_id")}});
  return facts(pairs);
}

std::string profile_table(const Json& documents) {
  std::vector<std::vector<std::string>> rows{
      {"SEQ", "TIME", "STATE", "SYSTEM", "ROLES", "ROUTE", "BY"}};
  for (const auto& each : documents) {
    const Json& profile = each["profile"];
    const auto points = told(profile["annex_iii"]);
    rows.push_back({shown(each, "seq"), shown(each, "timestamp"),
                    each["in_force"].get<bool>() ? "in force" : "superseded", shown(each, "system"),
                    told(profile["roles"]),
                    shown(profile, "route") + (points.empty() ? "" : " " + points),
                    shown(each, "actor")});
  }
  return rows.size() == 1 ? "no profiles\n" : table(rows);
}

}  // namespace lexecon::cli
