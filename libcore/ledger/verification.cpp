#include "json/json.hpp"
#include "ledger/verify.hpp"

namespace lexecon::ledger {
namespace {

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json head_of(const std::optional<chain::Checkpoint>& head) {
  if (!head) return {};
  return {
      {"origin", head->origin}, {"tree_size", head->tree_size}, {"root_hash", head->root.hex()}};
}

Json checks_of(const Verification& verification) {
  Json checks = Json::array();
  for (const CheckResult& check : verification.checks) {
    checks.push_back({{"name", check.name},
                      {"status", to_string(check.status)},
                      {"items", check.items},
                      {"detail", check.detail}});
  }
  return checks;
}

Json redecided_of(const std::optional<Redecided>& redecided) {
  if (!redecided) return {};
  return {{"decisions", redecided->decisions},
          {"judged", redecided->judged},
          {"erased", redecided->erased},
          {"engine_unknown", redecided->engine_unknown}};
}

Json gaps_of(const Verification& verification) {
  Json gaps = Json::array();
  for (const Gap& gap : verification.gaps) {
    gaps.push_back(
        {{"seq", gap.seq},
         {"ledger_vkey", crypto::vkey(gap.key)},
         {"lost", {{"root_hash", gap.lost.root.hex()}, {"tree_size", gap.lost.tree_size}}}});
  }
  return gaps;
}

Json archives_of(const Verification& verification) {
  Json archives = Json::array();
  for (const Archive& archive : verification.archives) {
    archives.push_back({{"ledger_entry_id", chain::entry_id(archive.seq)},
                        {"export_id", archive.export_id},
                        {"entries", archive.entries}});
  }
  return archives;
}

}  // namespace

Json to_json(const Verification& verification) {
  Json conflicts = Json::array();
  for (const Conflict& conflict : verification.conflicts) {
    conflicts.push_back({{"ours", conflict.ours}, {"theirs", conflict.theirs}});
  }
  const auto& first = verification.people.first_operator;
  return {{"schema", "lexecon.verification/1"},
          {"verdict", to_string(verification.verdict)},
          {"cause", or_null(verification.cause)},
          {"origin", verification.origin},
          {"entries_verified", verification.entries_verified},
          {"first_bad_seq", or_null(verification.first_bad_seq)},
          {"head", head_of(verification.head)},
          {"checks", checks_of(verification)},
          {"conflicts", std::move(conflicts)},
          {"from", verification.from},
          {"redecided", redecided_of(verification.redecided)},
          {"gaps", gaps_of(verification)},
          {"archives", archives_of(verification)},
          {"human_authority_from", first ? Json(chain::entry_id(*first)) : Json()},
          {"four_eyes", verification.people.one_suffices ? "single" : "double"},
          {"completeness",
           {{"established", verification.complete},
            {"up_to_size", or_null(verification.complete_up_to)}}}};
}

}  // namespace lexecon::ledger
