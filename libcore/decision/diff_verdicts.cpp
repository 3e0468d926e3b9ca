#include "decision/diff_verdicts.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace lexecon::decision {
namespace {

using policy::Outcome;

/// That it is approved is no cause beside an outcome that differs.
std::vector<std::string> reasons_of(const Said& said, bool with_approved) {
  std::vector<std::string> out;
  for (const auto& reason : said.reasons) {
    if (reason.outcome == Outcome::approved && !with_approved) continue;
    out.push_back(std::string(policy::to_string(reason.outcome)) + " " +
                  std::string(policy::to_string(reason.code)));
  }
  return out;
}

std::string without(std::vector<std::string> all, const std::vector<std::string>& some) {
  std::erase_if(all, [&](const std::string& each) {
    return std::find(some.begin(), some.end(), each) != some.end();
  });
  return join(all, ",") + "\n";
}

}  // namespace

Said said(const Verdict& verdict) {
  return {.outcome = verdict.outcome,
          .reasons = verdict.reasons,
          .unmet = verdict.unmet,
          .matched = verdict.matched,
          .against = verdict.against};
}

int direction(const Said& was, const Said& now) {
  if (was.outcome == now.outcome) return 0;
  return now.outcome < was.outcome ? -1 : 1;
}

std::string cause_of(const Said& was, const Said& now) {
  const bool same = was.outcome == now.outcome;
  const auto before = reasons_of(was, same);
  const auto after = reasons_of(now, same);
  return without(before, after) + without(after, before) + without(was.unmet, now.unmet) +
         without(now.unmet, was.unmet) + without(was.matched, now.matched) +
         without(now.matched, was.matched);
}

std::size_t burden(const Said& said) { return said.reasons.size() + said.against.size(); }

}  // namespace lexecon::decision
