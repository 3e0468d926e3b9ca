#include "ledger/exceptions.hpp"

#include <algorithm>

#include "json/json.hpp"

namespace lexecon::ledger {

void Exceptions::overridden(const std::string& decision_id, const authority::Coverage& asked) {
  overridden_.emplace(decision_id, asked);
}

void Exceptions::rest_on(const chain::Entry& entry, const authority::Coverage& asked,
                         const std::vector<decision::Exception>& answers) {
  auto exceptions = decision::parse_facts(entry.data.at("facts")).exceptions;
  std::erase_if(exceptions, [&answers](const decision::Exception& each) {
    return std::find(answers.begin(), answers.end(), each) != answers.end();
  });
  if (exceptions.empty()) return;
  uses_.push_back({entry.seq, entry.timestamp, asked, std::move(exceptions)});
}

std::optional<std::pair<std::uint64_t, std::string>> Exceptions::first_fault(
    const authority::Overrides& overrides, bool is_partial) const {
  std::optional<std::pair<std::uint64_t, std::string>> first;
  for (const auto& use : uses_) {
    if (first && first->first <= use.seq) continue;
    for (const auto& each : use.exceptions) {
      const auto* const made = overrides.find(each.override_id);
      const auto place = made == nullptr ? overridden_.end() : overridden_.find(made->decision_id);
      const auto* const coverage = place == overridden_.end() ? nullptr : &place->second;
      if (is_partial && made != nullptr && coverage == nullptr) continue;
      const auto fault =
          authority::exception_fault(each, made, coverage, use.asked, use.seq, use.at);
      if (!fault) continue;
      first = {use.seq, chain::entry_id(use.seq) + " rests on what may not be: " + *fault};
      break;
    }
  }
  return first;
}

}  // namespace lexecon::ledger
