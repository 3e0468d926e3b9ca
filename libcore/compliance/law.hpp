// When a law applies, and to what: the dates of its versions, as its rulebook tells them.
//
// Source   lexecon-rulebook(5); Regulation (EU) 2024/1689, Articles 99, 111, 113
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"

namespace lexecon::compliance {

/// What holds of systems or models that were on the market, or in service, before a day.
struct Transition {
  std::string of;     // system, model
  std::string route;  // annex_iii, annex_i; empty: by whatever route
  Date placed_before;
  // It applies to them from then; nothing: only once their design was changed significantly, on that day or later.
  std::optional<Date> from;
  std::optional<Date> public_bodies;  // or, meant for public authorities, from then in any case
  std::string basis;
};

/// From when something applies, by one version of the law.
struct LawDates {
  std::optional<Date> all;        // to whatever it binds
  std::optional<Date> annex_iii;  // or to high-risk systems by their route
  std::optional<Date> annex_i;
  std::optional<Date> formal;  // disputed: the date by the letter, which the reading above defers
  bool is_disputed = false;
  std::string basis;
  std::vector<Transition> transitions;  // at most one of them is of a system's route

  /// False: that version of the law did not have it yet.
  [[nodiscard]] bool exists() const { return all || annex_iii || annex_i; }
};

/// In force from `from`, until the next version is.
struct LawVersion {
  std::string id;  // "2024/1689", "2026/1744"
  Date from;
  std::string name;
  std::string consolidated_celex;
};

/// A fine: what penalty_tier of a demand begins with, and what it comes to.
struct Penalty {
  std::string id;
  std::string text;
};

}  // namespace lexecon::compliance
