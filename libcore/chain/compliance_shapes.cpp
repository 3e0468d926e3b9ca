#include "chain/compliance_shapes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "chain/term.hpp"

namespace lexecon::chain {
namespace {

void yes_or_no(const Json& value, const Place& at) {
  if (!value.is_boolean()) refuse("true or false", at);
}

void calendar_day(const Json& value, const Place& at) {
  if (!value.is_string() || !parse_date(value.get_ref<const std::string&>())) {
    refuse("a day YYYY-MM-DD", at);
  }
}

/// What stands before the `*` of a pattern, or the whole of it.
std::string_view start_of_pattern(const Json& value, const Place& at) {
  line(value, at);
  std::string_view text = value.get_ref<const std::string&>();
  if (text.ends_with('*')) text.remove_suffix(1);
  return text;
}

void actor_pattern(const Json& value, const Place& at) {
  constexpr std::string_view prefix = "actor:";
  const auto start = start_of_pattern(value, at);
  const std::string_view text = value.get_ref<const std::string&>();
  const bool is_open = start.size() < text.size();
  const bool fits =
      is_open ? start.empty() || (start.starts_with(prefix) && start.size() < max_term_bytes &&
                                  !name_fault(start.substr(prefix.size())))
              : is_term(text, prefix);
  if (!fits) refuse("`actor:...`, which may end with `*`, or `*`", at);
}

void name_pattern(const Json& value, const Place& at) {
  const auto start = start_of_pattern(value, at);
  const bool is_any = value.get_ref<const std::string&>() == "*";
  if (!is_any && !is_free_identifier(start)) {
    refuse("an identifier [A-Za-z0-9._:@/+-]{1,128}, which may end with `*`, or `*`", at);
  }
}

void system_role(const Json& value, const Place& at) {
  one_of({"authorised_representative", "deployer", "distributor", "gpai_provider", "importer",
          "product_manufacturer", "provider", "third_party"},
         "a role of Regulation (EU) 2024/1689", value, at);
}

void route(const Json& value, const Place& at) {
  one_of({"annex_i", "annex_iii", "gpai", "none", "transparency"},
         "annex_i, annex_iii, gpai, none or transparency", value, at);
}

void annex_iii_point(const Json& value, const Place& at) {
  one_of({"1(a)", "1(b)", "1(c)", "2",    "3(a)", "3(b)", "3(c)", "3(d)", "4(a)",
          "4(b)", "5(a)", "5(b)", "5(c)", "5(d)", "6(a)", "6(b)", "6(c)", "6(d)",
          "6(e)", "7(a)", "7(b)", "7(c)", "7(d)", "8(a)", "8(b)"},
         "a point of Annex III, as in 2 or 5(b)", value, at);
}

void transparency_case(const Json& value, const Place& at) {
  one_of(
      {"deep_fake", "emotion_or_categorisation", "interaction", "public_text", "synthetic_content"},
      "deep_fake, emotion_or_categorisation, interaction, public_text or synthetic_content", value,
      at);
}

void exception(const Json& value, const Place& at) {
  one_of({"a", "b", "c", "d"}, "a point of Article 6(3), a to d", value, at);
}

void size_class(const Json& value, const Place& at) {
  one_of({"large", "smc", "sme"}, "large, smc or sme", value, at);
}

void member_state(const Json& value, const Place& at) {
  line(value, at);
  const std::string_view text = value.get_ref<const std::string&>();
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() != 2 || !std::all_of(text.begin(), text.end(), is_capital)) {
    refuse("two capital letters, as in DE", at);
  }
}

constexpr auto profile_set = std::to_array<Member>({
    {"actors", ascending<actor_pattern>},
    {"annex_iii", ascending<annex_iii_point>},
    {"changed_on", or_null<calendar_day>},
    {"exceptions", ascending<exception>},
    {"financial_institution", or_null<yes_or_no>},
    {"law_enforcement", or_null<yes_or_no>},
    {"member_states", ascending<member_state>},
    {"models", ascending<name_pattern>},
    {"placed_on", or_null<calendar_day>},
    {"profiling", or_null<yes_or_no>},
    {"public_body", or_null<yes_or_no>},
    {"roles", ascending<system_role>},
    {"route", route},
    {"size_class", or_null<size_class>},
    {"system", name_id},
    {"systemic_risk", or_null<yes_or_no>},
    {"tenants", ascending<name_pattern>},
    {"tools", ascending<name_pattern>},
    {"transparency", ascending<transparency_case>},
});

/// Article 6(3): an exception is of a use in Annex III, and of none that profiles natural persons.
void exceptions_rule(const Json& data, const Place& at) {
  if (data.at("exceptions").empty()) return;
  const Place here = at.below("exceptions");
  if (text_of(data, "route") != "annex_iii") {
    refuse("no exception of Article 6(3) but on the route annex_iii", here);
  }
  if (data.at("profiling") != Json(false)) {
    refuse("no exception of Article 6(3) unless it is said that no natural person is profiled",
           here);
  }
}

/// A profile without selectors would select what nobody meant, and one without a role binds nobody.
void profile_rule(const Json& data, const Place& at) {
  const bool selects = !data.at("actors").empty() || !data.at("models").empty() ||
                       !data.at("tools").empty() || !data.at("tenants").empty();
  if (!selects) refuse("an actor, a model, a tool or a tenant; `*` is every one", at);
  if (data.at("roles").empty()) refuse("at least one role", at.below("roles"));
  const bool is_annex_iii = text_of(data, "route") == "annex_iii";
  if (is_annex_iii == data.at("annex_iii").empty()) {
    refuse(is_annex_iii ? "a point of Annex III, as in 5(b)"
                        : "no point of Annex III but on the route annex_iii",
           at.below("annex_iii"));
  }
  if (text_of(data, "route") == "transparency" && data.at("transparency").empty()) {
    refuse("what of Article 50 it is about", at.below("transparency"));
  }
  exceptions_rule(data, at);
  const Json& changed_on = data.at("changed_on");
  if (!changed_on.is_null() && (data.at("placed_on").is_null() ||
                                text_of(data, "changed_on") < text_of(data, "placed_on"))) {
    refuse("no day before that of placing on the market", at.below("changed_on"));
  }
  const Json& roles = data.at("roles");
  const bool is_of_gpai = std::find(roles.begin(), roles.end(), "gpai_provider") != roles.end();
  if (!data.at("systemic_risk").is_null() && !is_of_gpai) {
    refuse("null unless a role is gpai_provider", at.below("systemic_risk"));
  }
}

void remediation_state(const Json& value, const Place& at) {
  one_of({"done", "dropped", "open"}, "done, dropped or open", value, at);
}

/// operator:<name>, or an actor.
void answering(const Json& value, const Place& at) {
  constexpr std::string_view prefix = "operator:";
  line(value, at);
  const std::string_view text = value.get_ref<const std::string&>();
  const bool fits =
      text.starts_with(prefix) ? is_node_id(text.substr(prefix.size())) : is_term(text, "actor:");
  if (!fits) refuse("`operator:<name>` or `actor:...`", at);
}

constexpr auto declared = std::to_array<Member>({
    {"evidence_id", or_null<line>},
    {"expires_on", or_null<calendar_day>},
    {"item", free_identifier},
    {"kind", or_null<code>},
    {"rulebook", name_id},
    {"rulebook_sha256", hex_64},
    {"system", or_null<name_id>},
});
constexpr auto assessed = std::to_array<Member>({
    {"expires_on", or_null<calendar_day>},
    {"from", calendar_day},
    {"item", free_identifier},
    {"rulebook", name_id},
    {"rulebook_sha256", hex_64},
    {"satisfied", or_null<yes_or_no>},
    {"system", or_null<name_id>},
    {"to", calendar_day},
});
constexpr auto remediated = std::to_array<Member>({
    {"due", calendar_day},
    {"item", free_identifier},
    {"owner", answering},
    {"rulebook", name_id},
    {"rulebook_sha256", hex_64},
    {"state", remediation_state},
    {"system", or_null<name_id>},
});
constexpr auto withdrawn = std::to_array<Member>({{"reason", code}, {"statement", earlier_seq}});

void from_before_to(const Json& data, const Place& at) {
  if (text_of(data, "from") > text_of(data, "to")) {
    refuse("a day not before that of `from`", at.below("to"));
  }
}

}  // namespace

std::span<const EventShape> compliance_shapes() {
  using enum Signing;
  static const auto table = std::to_array<EventShape>({
      {"profile.set", profile_set, by_operator, profile_rule},
      {"compliance.declared", declared, by_operator},
      {"compliance.assessed", assessed, by_operator, from_before_to},
      {"compliance.remediated", remediated, by_operator},
      {"compliance.withdrawn", withdrawn, by_operator},
  });
  return table;
}

bool is_statement(std::string_view event_type) {
  return event_type == "compliance.declared" || event_type == "compliance.assessed" ||
         event_type == "compliance.remediated";
}

void statement_in_time(const Json& data, Timestamp timestamp, const Place& at) {
  const auto expires_on = data.find("expires_on");
  if (expires_on == data.end() || expires_on->is_null()) return;
  if (parse_date(text_of(data, "expires_on")) <= date_of(timestamp)) {
    refuse("a day after that of its entry", at.below("expires_on"));
  }
}

}  // namespace lexecon::chain
