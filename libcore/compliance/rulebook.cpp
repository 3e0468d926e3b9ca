#include "compliance/rulebook.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace lexecon::compliance {

std::string_view to_string(Reach reach) {
  switch (reach) {
    case Reach::evidences:
      return "evidences";
    case Reach::supports:
      return "supports";
    case Reach::external:
      return "external";
  }
  return "external";
}

const Demand* Rulebook::find(std::string_view wanted) const {
  const auto found = std::find_if(demands.begin(), demands.end(),
                                  [&](const Demand& demand) { return demand.id == wanted; });
  return found == demands.end() ? nullptr : &*found;
}

const EvidenceKind* Rulebook::kind(std::string_view wanted) const {
  const auto found = std::lower_bound(
      kinds.begin(), kinds.end(), wanted,
      [](const EvidenceKind& each, std::string_view key) { return each.id < key; });
  return found == kinds.end() || found->id != wanted ? nullptr : &*found;
}

std::size_t Rulebook::version_on(const Date& on) const {
  if (versions.empty()) return 0;
  const auto next = std::find_if(versions.begin(), versions.end(),
                                 [&](const LawVersion& each) { return on < each.from; });
  if (next == versions.begin()) {
    throw Error(ErrorCode::bad_input,
                "expected a day from " + to_text(versions.front().from) + " on, found `" +
                    to_text(on) + "`",
                {}, "the law was not in force before");
  }
  return static_cast<std::size_t>(next - versions.begin()) - 1;
}

const std::string& duty_in(const Rulebook& book, const Demand& demand, std::size_t version) {
  const bool is_last = version + 1 >= book.versions.size();
  return is_last || !demand.formerly ? demand.duty : *demand.formerly;
}

}  // namespace lexecon::compliance
