// What views say in the same words: what they are, and how their package is asked for and checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "views/survey.hpp"

namespace lexecon::views {

inline constexpr std::string_view notice =
    "This is a rendering of a package, made for reading. It is not signed and proves nothing: "
    "check the "
    "package.";

struct Step {
  std::string what;
  std::string command;
};
/// From asking for the package to one entry of it.
[[nodiscard]] std::vector<Step> steps_to_check(const Bag& bag);

/// What became of the sealed content of an entry.
enum class SealedState : std::uint8_t { none, disclosed, withheld, erased };
[[nodiscard]] SealedState sealed_state(const Item& item, const References& references);
[[nodiscard]] std::string_view to_string(SealedState state);

/// What the package does not show, a sentence each; empty where it shows all.
[[nodiscard]] std::vector<std::string> withheld(const Bag& bag);

}  // namespace lexecon::views
