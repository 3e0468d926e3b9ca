// Whether a profile is what a demand is about: one word of `roles` and one of `scope`, each read once.
//
// Source   lexecon-rulebook(5), Roles and scopes; Regulation (EU) 2024/1689, Articles 3, 6, 26, 27, 43, 49, 50, 86
#pragma once

#include <cstdint>
#include <string>

#include "compliance/profile.hpp"
#include "compliance/rulebook.hpp"

namespace lexecon::compliance {

enum class Answer : std::uint8_t { yes, no, unsaid };

struct Fit {
  Answer answer = Answer::unsaid;
  std::string reason;  // one line, of whatever the answer is
};

[[nodiscard]] Fit fits_roles(const Demand& demand, const Profile& profile);
[[nodiscard]] Fit fits_scope(const Demand& demand, const Profile& profile);
/// Whether it is asked of high-risk systems alone, to which the law applies by their route.
[[nodiscard]] bool is_of_high_risk(const Demand& demand);

}  // namespace lexecon::compliance
