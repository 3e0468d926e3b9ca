#include "cel/phrases.hpp"

#include "base/text.hpp"

namespace lexecon::cel {

std::string ticked(std::string_view name) { return "`" + std::string(name) + "`"; }

std::string suggestion(std::string_view name, std::span<const std::string> known) {
  const auto near = did_you_mean(name, known);
  return near ? ", did you mean " + ticked(*near) + "?" : std::string();
}

std::string arguments(Arity arity) {
  const auto least = std::to_string(arity.least);
  if (arity.least != arity.most) return least + " or " + std::to_string(arity.most) + " arguments";
  return least + (arity.least == 1 ? " argument" : " arguments");
}

}  // namespace lexecon::cel
