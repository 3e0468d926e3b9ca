#include "service/policy_diff.hpp"

#include <algorithm>
#include <map>

#include "decision/diff.hpp"
#include "json/json.hpp"

namespace lexecon::service {
namespace {

using decision::Said;
using decision::VerdictChange;

Json side(const SetSide& each) {
  return {{"set", each.name},
          {"policy_hash", each.set.policy_hash.hex()},
          {"mode", policy::to_string(each.set.policies.mode())}};
}

Json told(const Said& said) {
  auto reasons = Json::array();
  for (const auto& reason : said.reasons) {
    reasons.push_back(
        {{"code", policy::to_string(reason.code)}, {"outcome", policy::to_string(reason.outcome)}});
  }
  return {{"outcome", policy::to_string(said.outcome)},
          {"reasons", std::move(reasons)},
          {"unmet", said.unmet},
          {"matched", said.matched}};
}

std::string direction_of(const VerdictChange& change) {
  if (change.was.outcome == change.would_be.outcome) return "other";
  return change.would_be.outcome < change.was.outcome ? "laxer" : "stricter";
}

Json approvals_of(const decision::Facts& facts) {
  std::map<std::string, std::uint64_t> operators;
  for (const auto& approval : facts.approvals) ++operators[approval.requirement];
  auto out = Json::array();
  for (const auto& [requirement, count] : operators) {
    out.push_back({{"operators", count}, {"requirement", requirement}});
  }
  return out;
}

Json listed(const VerdictChange& change) {
  return {{"direction", direction_of(change)},       {"was", told(change.was)},
          {"would_be", told(change.would_be)},       {"request", change.request},
          {"approvals", approvals_of(change.facts)}, {"at", to_text(change.at)}};
}

const Hash* digest_of(const decision::ActiveSet& set, const std::string& name) {
  const auto file = std::find_if(set.files.begin(), set.files.end(),
                                 [&](const auto& each) { return each.name == name; });
  return file == set.files.end() ? nullptr : &file->sha256;
}

/// Limits, registries and the like, which stand beside the policies.
bool is_node_file_same(const decision::ActiveSet& one, const decision::ActiveSet& other) {
  const auto* const a = digest_of(one, "node.yaml");
  const auto* const b = digest_of(other, "node.yaml");
  return a != nullptr && b != nullptr && *a == *b;
}

}  // namespace

Json policy_diff(const SetSide& was, const SetSide& now, Timestamp from,
                 std::uint64_t most_listed) {
  const auto found = decision::difference(was.set, now.set, from);
  std::map<std::string, std::uint64_t> counts{{"laxer", 0}, {"other", 0}, {"stricter", 0}};
  auto changes = Json::array();
  for (const auto& change : found.changes) {
    ++counts[direction_of(change)];
    if (changes.size() < most_listed) changes.push_back(listed(change));
  }
  auto unproved = Json::array();
  for (const auto& each : found.unproved) {
    unproved.push_back({{"relation", each.relation.empty() ? Json() : Json(each.relation)},
                        {"part", each.part},
                        {"why", each.why}});
  }
  const auto* const verdict =
      !found.changes.empty() ? "changed" : (found.unproved.empty() ? "equivalent" : "unknown");
  return {{"schema", "lexecon.diff/1"},
          {"old", side(was)},
          {"new", side(now)},
          {"from", to_text(from)},
          {"verdict", verdict},
          {"laxer", counts["laxer"]},
          {"stricter", counts["stricter"]},
          {"other", counts["other"]},
          {"changes", std::move(changes)},
          {"unproved", std::move(unproved)},
          {"judged", found.judged},
          {"same_node_file", is_node_file_same(was.set, now.set)}};
}

}  // namespace lexecon::service
