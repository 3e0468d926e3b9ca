#include "compliance/profile.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "chain/event.hpp"
#include "json/json.hpp"

namespace lexecon::compliance {
namespace {

using Texts = std::vector<std::string>;

bool fits(const std::string& pattern, std::string_view text) {
  if (!pattern.ends_with('*')) return text == pattern;
  return text.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
}

bool any_fits(const Texts& patterns, std::string_view text) {
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(),
                     [text](const std::string& pattern) { return fits(pattern, text); });
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}
Json or_null(const std::optional<Date>& date) { return date ? Json(to_text(*date)) : Json(); }

template <class Value>
std::optional<Value> value_in(const Json& data, const char* name) {
  const Json& value = data.at(name);
  return value.is_null() ? std::nullopt : std::optional(value.get<Value>());
}

std::optional<Date> date_in(const Json& data, const char* name) {
  const auto text = value_in<std::string>(data, name);
  return text ? parse_date(*text) : std::nullopt;
}

}  // namespace

bool Profile::selects(const Traits& traits) const {
  return any_fits(actors, traits.actor) && any_fits(models, traits.model) &&
         any_fits(tools, traits.tool) && any_fits(tenants, traits.tenant);
}

bool Profile::is_high_risk() const {
  if (route == "annex_i") return true;
  const bool is_excepted = !exceptions.empty() && profiling == false;
  return route == "annex_iii" && !is_excepted;
}

Profile profile_from(const Json& data) {
  const auto texts = [&](const char* name) { return data.at(name).get<Texts>(); };
  return {.system = data.at("system").get<std::string>(),
          .actors = texts("actors"),
          .models = texts("models"),
          .tools = texts("tools"),
          .tenants = texts("tenants"),
          .roles = texts("roles"),
          .route = data.at("route").get<std::string>(),
          .annex_iii = texts("annex_iii"),
          .transparency = texts("transparency"),
          .exceptions = texts("exceptions"),
          .profiling = value_in<bool>(data, "profiling"),
          .placed_on = date_in(data, "placed_on"),
          .changed_on = date_in(data, "changed_on"),
          .size_class = value_in<std::string>(data, "size_class"),
          .public_body = value_in<bool>(data, "public_body"),
          .financial_institution = value_in<bool>(data, "financial_institution"),
          .law_enforcement = value_in<bool>(data, "law_enforcement"),
          .systemic_risk = value_in<bool>(data, "systemic_risk"),
          .member_states = texts("member_states")};
}

Json to_data(const Profile& profile) {
  return {{"actors", profile.actors},
          {"annex_iii", profile.annex_iii},
          {"changed_on", or_null(profile.changed_on)},
          {"exceptions", profile.exceptions},
          {"financial_institution", or_null(profile.financial_institution)},
          {"law_enforcement", or_null(profile.law_enforcement)},
          {"member_states", profile.member_states},
          {"models", profile.models},
          {"placed_on", or_null(profile.placed_on)},
          {"profiling", or_null(profile.profiling)},
          {"public_body", or_null(profile.public_body)},
          {"roles", profile.roles},
          {"route", profile.route},
          {"size_class", or_null(profile.size_class)},
          {"system", profile.system},
          {"systemic_risk", or_null(profile.systemic_risk)},
          {"tenants", profile.tenants},
          {"tools", profile.tools},
          {"transparency", profile.transparency}};
}

std::optional<std::string> profile_fault(const Profile& profile) {
  try {
    static_cast<void>(chain::check_event("profile.set", to_data(profile), 1));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return error.message();
  }
  return std::nullopt;
}

}  // namespace lexecon::compliance
