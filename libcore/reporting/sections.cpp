#include "reporting/sections.hpp"

#include <array>

#include "base/error.hpp"

namespace lexecon::reporting {
namespace {

using Made = std::vector<std::unique_ptr<Section>>;
using Maker = std::unique_ptr<Section> (*)();

Made make(std::initializer_list<Maker> makers) {
  Made out;
  for (const auto maker : makers) out.push_back(maker());
  return out;
}

}  // namespace

Made sections_of(const Wish& wish) {
  switch (wish.kind) {
    case Kind::ai_act:
      return make({outcomes, changes});
    case Kind::article_11:
      return make({to_complete, changes, data_flow, traceability});
    case Kind::article_12:
      return make({logged_events, kept_logs, erased_logs});
    case Kind::article_14:
      return make({oversight_abilities, response_times, overseers});
    case Kind::article_26:
      return make({outcomes, risk_levels, oversight_abilities, response_times, overseers,
                   incident_clocks, incident_reports, logged_events, kept_logs, erased_logs,
                   changes});
    case Kind::article_73:
      return make({incident_clocks, incident_reports, incident_custody});
    case Kind::article_86: {
      auto out = make({what_was_decided, rules_that_decided, main_factors});
      out.push_back(people_and_machine(wish));
      out.push_back(how_to_contest());
      return out;
    }
    case Kind::framework:
      return make({statement_of_applicability});
    case Kind::executive:
      return make({outcomes, risk_levels, response_times});
  }
  throw Error(ErrorCode::internal, "a report of no kind");
}

}  // namespace lexecon::reporting
