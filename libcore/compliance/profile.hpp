// What a governed AI system is: the entries that are about it, and what its provider or deployer says of it.
//
// Shapes   told by profile.set, the newest of a system in force. Without one nothing can be said of the law
// Errors   Error{bad_input} with the JSON pointer for what no profile may say
// Source   lexecon-ledger(5), profile.set; Regulation (EU) 2024/1689, Articles 3, 6, 25, 111, Annex III
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "json/fwd.hpp"

namespace lexecon::compliance {

/// Of a decision, what profiles select by; views into it.
struct Traits {
  std::string_view actor;
  std::string_view model;
  std::string_view tool;
  std::string_view tenant;
};

struct Profile {
  std::string system;  // an id
  // Which decisions: each of the lists that is not empty has to have it; `*` at the end stands for any rest.
  std::vector<std::string> actors;
  std::vector<std::string> models;
  std::vector<std::string> tools;
  std::vector<std::string> tenants;
  // What it is
  std::vector<std::string> roles;      // provider, deployer, importer, ...
  std::string route;                   // annex_iii, annex_i, gpai, transparency, none
  std::vector<std::string> annex_iii;  // points, as in 2 or 5(b)
  std::vector<std::string>
      transparency;  // interaction, synthetic_content, emotion_or_categorisation, deep_fake, public_text
  std::vector<std::string> exceptions;    // of Art. 6(3), a to d: why it is not high-risk
  std::optional<bool> profiling;          // of natural persons: no exception holds then
  std::optional<Date> placed_on;          // the market, or put into service
  std::optional<Date> changed_on;         // significantly in design, Art. 111(2)
  std::optional<std::string> size_class;  // sme, smc, large
  std::optional<bool> public_body;
  std::optional<bool> financial_institution;
  std::optional<bool> law_enforcement;
  std::optional<bool> systemic_risk;       // of a GPAI model
  std::vector<std::string> member_states;  // ISO 3166-1 alpha-2

  [[nodiscard]] bool selects(const Traits& traits) const;
  /// Annex III or Annex I, and no exception of Art. 6(3) holds: none does where persons may be profiled.
  [[nodiscard]] bool is_high_risk() const;
  friend bool operator==(const Profile&, const Profile&) = default;
};

/// `data` has the shape of profile.set; its approval is not looked at.
[[nodiscard]] Profile profile_from(const Json& data);
[[nodiscard]] Json to_data(const Profile& profile);
/// Why no profile may say that; nothing when it may.
[[nodiscard]] std::optional<std::string> profile_fault(const Profile& profile);

}  // namespace lexecon::compliance
