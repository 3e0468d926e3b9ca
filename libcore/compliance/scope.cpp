#include "compliance/scope.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace lexecon::compliance {
namespace {

using namespace std::string_view_literals;

bool has(const std::vector<std::string>& items, std::string_view wanted) {
  return std::find(items.begin(), items.end(), wanted) != items.end();
}

Fit yes(std::string reason) { return {Answer::yes, std::move(reason)}; }
Fit no(std::string reason) { return {Answer::no, std::move(reason)}; }
Fit unsaid(const std::string& what) { return {Answer::unsaid, "the profile does not say " + what}; }

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

/// The answer of the profile to a yes or no.
Fit said(const std::optional<bool>& value, const std::string& is, const std::string& is_not,
         const std::string& whether) {
  if (!value) return unsaid("whether " + whether);
  return *value ? yes(is) : no(is_not);
}

bool is_excepted(const Profile& profile) {
  return profile.route == "annex_iii" && !profile.exceptions.empty();
}

std::string exception_of(const Profile& profile) {
  return "the profile claims the exception of Art. 6(3)(" + listed(profile.exceptions) +
         "), so that the system is not high-risk";
}

/// The number of a point of Annex III, as in 5(b).
std::string_view number_of(std::string_view point) { return point.substr(0, point.find('(')); }

bool has_number(const Profile& profile, std::initializer_list<std::string_view> numbers) {
  return std::any_of(
      profile.annex_iii.begin(), profile.annex_iii.end(), [&](std::string_view point) {
        return std::find(numbers.begin(), numbers.end(), number_of(point)) != numbers.end();
      });
}

bool is_point_2_alone(const Profile& profile) {
  return !profile.annex_iii.empty() &&
         std::all_of(profile.annex_iii.begin(), profile.annex_iii.end(),
                     [](std::string_view point) { return number_of(point) == "2"; });
}

Fit high_risk(const Profile& profile) {
  if (profile.is_high_risk()) {
    return yes(profile.route == "annex_i" ? "high-risk by Annex I"
                                          : "high-risk by Annex III, " + listed(profile.annex_iii));
  }
  if (profile.route.empty()) return unsaid("by which route the system is regulated");
  if (is_excepted(profile)) return no(exception_of(profile));
  return no("by the profile the system is not high-risk (route " + profile.route + ")");
}

Fit high_risk_annex_iii(const Profile& profile) {
  auto fit = high_risk(profile);
  if (fit.answer == Answer::yes && profile.route != "annex_iii") {
    return no("asked of Annex III systems, and the profile's route is Annex I");
  }
  return fit;
}

/// Among Annex III systems.
Fit with_numbers(const Profile& profile, std::initializer_list<std::string_view> numbers) {
  auto fit = high_risk_annex_iii(profile);
  if (fit.answer != Answer::yes || has_number(profile, numbers)) return fit;
  return no("asked of other points of Annex III than " + listed(profile.annex_iii));
}

/// Art. 6(3) and (4), and Art. 49(2): what the exception itself asks for.
bool is_of_exception(const Demand& demand) {
  return (demand.article == "6" && (demand.paragraph == "3" || demand.paragraph == "4")) ||
         (demand.article == "49" && demand.paragraph == "2");
}

Fit annex_iii(const Demand& demand, const Profile& profile) {
  if (profile.route.empty()) return high_risk(profile);
  if (is_of_exception(demand)) {
    if (is_excepted(profile)) return yes(exception_of(profile));
    return no("the profile claims no exception of Art. 6(3)");
  }
  // Art. 71(2): section B of Annex VIII is about systems that were found not to be high-risk.
  if (demand.article == "71" && is_excepted(profile)) return yes(exception_of(profile));
  const bool leaves_out_2 = demand.article == "49" || demand.article == "86";
  if (leaves_out_2 && is_point_2_alone(profile)) return no("Annex III, point 2, is left out of it");
  return high_risk_annex_iii(profile);
}

Fit annex_iii_1a(const Profile& profile) {
  auto fit = high_risk_annex_iii(profile);
  if (fit.answer != Answer::yes || has(profile.annex_iii, "1(a)")) return fit;
  return no("asked of remote biometric identification, Annex III, point 1(a)");
}

Fit law_enforcement(const Profile& profile) {
  auto fit = annex_iii_1a(profile);
  if (fit.answer != Answer::yes) return fit;
  return said(profile.law_enforcement, "remote biometric identification for law enforcement",
              "by the profile it is not used for law enforcement",
              "it is used for law enforcement");
}

/// Points 1, 6 and 7 as far as they are about law enforcement, migration, asylum and borders.
Fit annex_iii_1_6_7(const Profile& profile) {
  auto fit = with_numbers(profile, {"1", "6", "7"});
  if (fit.answer != Answer::yes || has_number(profile, {"6", "7"})) return fit;
  if (profile.law_enforcement == true) return yes("biometrics for law enforcement");
  return unsaid("whether it is used for law enforcement, migration, asylum or border control");
}

Fit transparency(const Demand& demand, const Profile& profile) {
  static constexpr std::array cases{
      std::pair{"1"sv, "interaction"sv},
      std::pair{"2"sv, "synthetic_content"sv},
      std::pair{"3"sv, "emotion_or_categorisation"sv},
      std::pair{"4 first"sv, "deep_fake"sv},
      std::pair{"4 second"sv, "public_text"sv},
  };
  if (profile.transparency.empty()) {
    if (profile.route.empty()) return unsaid("what of Art. 50 the system does");
    return no("the profile names no case of Art. 50");
  }
  const auto* const found = std::find_if(cases.begin(), cases.end(), [&](const auto& each) {
    return demand.paragraph.starts_with(each.first);
  });
  const std::string named = "the profile names " + listed(profile.transparency);
  if (found == cases.end() || has(profile.transparency, found->second)) return yes(named);
  return no("the case is not among those of Art. 50 that the profile names");
}

Fit fria_deployers(const Profile& profile) {
  auto fit = high_risk_annex_iii(profile);
  if (fit.answer != Answer::yes) return fit;
  if (is_point_2_alone(profile)) return no("Annex III, point 2, is left out of Art. 27");
  if (has(profile.annex_iii, "5(b)") || has(profile.annex_iii, "5(c)")) {
    return yes("asked of every deployer of Annex III, 5(b) and 5(c)");
  }
  if (profile.public_body == true) return yes("the deployer is a public body");
  return unsaid(profile.public_body ? "whether a private deployer provides public services"
                                    : "whether the deployer is a public body");
}

Fit gpai(const Profile& profile) {
  const bool is_model = profile.route == "gpai" || has(profile.roles, "gpai_provider");
  if (is_model) return yes("a general-purpose AI model");
  if (profile.route.empty()) return high_risk(profile);
  return no("by the profile it is not a general-purpose AI model");
}

Fit gpai_systemic(const Profile& profile) {
  auto fit = gpai(profile);
  if (fit.answer != Answer::yes) return fit;
  return said(profile.systemic_risk, "a general-purpose AI model with systemic risk",
              "by the profile the model has no systemic risk", "the model has systemic risk");
}

/// High-risk, and of somebody of a sort.
Fit high_risk_of(const Profile& profile, const std::optional<bool>& value,
                 const std::string& sort) {
  auto fit = high_risk(profile);
  if (fit.answer != Answer::yes) return fit;
  return said(value, "high-risk, and of " + sort, "by the profile it is not of " + sort,
              "it is of " + sort);
}

}  // namespace

Fit fits_roles(const Demand& demand, const Profile& profile) {
  if (profile.roles.empty()) return unsaid("in which role");
  if (demand.roles.empty() || has(demand.roles, "any_operator")) return yes("binds every operator");
  if (has(demand.roles, "gpai_provider_systemic") && has(profile.roles, "gpai_provider")) {
    return gpai_systemic(profile);
  }
  const auto bound = std::find_if(demand.roles.begin(), demand.roles.end(),
                                  [&](const auto& role) { return has(profile.roles, role); });
  if (bound != demand.roles.end()) return yes("binds the " + listed({*bound}));
  return no("binds the " + listed(demand.roles) + "; the profile says " + listed(profile.roles));
}

Fit fits_scope(const Demand& demand, const Profile& profile) {
  const std::string_view scope = demand.scope;
  if (scope.empty() || scope == "all_ai_systems") return yes("asked of every AI system");
  if (scope == "prohibited_practice") return yes("forbidden to everybody");
  if (scope == "high_risk") return high_risk(profile);
  if (scope == "annex_iii") return annex_iii(demand, profile);
  if (scope == "annex_iii_1") return with_numbers(profile, {"1"});
  if (scope == "annex_iii_2") return with_numbers(profile, {"2"});
  if (scope == "annex_iii_2_8") {
    return with_numbers(profile, {"2", "3", "4", "5", "6", "7", "8"});
  }
  if (scope == "annex_iii_1a") return annex_iii_1a(profile);
  if (scope == "annex_iii_1a_law_enforcement") return law_enforcement(profile);
  if (scope == "annex_iii_1_6_7") return annex_iii_1_6_7(profile);
  if (scope == "annex_i") {
    auto fit = high_risk(profile);
    if (fit.answer != Answer::yes || profile.route == "annex_i") return fit;
    return no("asked of Annex I systems, and the profile's route is Annex III");
  }
  if (scope == "transparency") return transparency(demand, profile);
  if (scope == "gpai") return gpai(profile);
  if (scope == "gpai_systemic") return gpai_systemic(profile);
  if (scope == "fria_deployers") return fria_deployers(profile);
  if (scope == "public_body") return high_risk_of(profile, profile.public_body, "a public body");
  if (scope == "financial_institution") {
    return high_risk_of(profile, profile.financial_institution, "a financial institution");
  }
  throw Error(ErrorCode::internal, "a scope of no kind: " + demand.scope, demand.id);
}

bool is_of_high_risk(const Demand& demand) {
  static constexpr std::array others{""sv,     "all_ai_systems"sv, "prohibited_practice"sv,
                                     "gpai"sv, "gpai_systemic"sv,  "transparency"sv};
  return std::find(others.begin(), others.end(), demand.scope) == others.end() &&
         !is_of_exception(demand);
}

}  // namespace lexecon::compliance
