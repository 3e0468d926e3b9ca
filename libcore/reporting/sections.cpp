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
      return make({changes, data_flow, traceability});
    case Kind::article_12:
      return make({logged_events, kept_logs, erased_logs});
    case Kind::article_14:
      return make({oversight_abilities, response_times, overseers});
    case Kind::article_26:
      return make({outcomes, risk_levels, oversight_abilities, response_times, overseers,
                   logged_events, kept_logs, erased_logs, changes});
    case Kind::article_73:
    case Kind::article_86:
    case Kind::framework:
      return {};
    case Kind::executive:
      return make({outcomes, risk_levels, response_times});
  }
  throw Error(ErrorCode::internal, "a report of no kind");
}

}  // namespace lexecon::reporting
