#include "ledger/redecide.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "chain/sealed.hpp"
#include "decision/prohibited.hpp"
#include "decision/record.hpp"
#include "decision/registry_guard.hpp"
#include "json/json.hpp"
#include "ledger/activation.hpp"

namespace lexecon::ledger {
namespace {

SetsOnRecord::Compiled compile(Records& records, const std::vector<decision::FileDigest>& files) {
  try {
    std::vector<decision::SetFile> bytes;
    for (const auto& file : files) {
      auto found = records.policy_file(file.sha256);
      if (!found) return {.set = {}, .refusal = "the bytes of `" + file.name + "` are missing"};
      bytes.push_back({file.name, *std::move(found)});
    }
    return {.set = decision::load_set(bytes), .refusal = {}};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input && error.code() != ErrorCode::integrity) throw;
    return {.set = {}, .refusal = error.message()};
  }
}

/// The first member that differs; the token is not the judge's to give.
std::optional<std::string> differing_member(const Json& recorded, const Json& judged) {
  for (const auto& [name, value] : judged.items()) {
    if (name != "token" && recorded.at(name) != value) return name;
  }
  return std::nullopt;
}

Redecision differs(std::string fault) { return {Redecision::Result::differs, std::move(fault)}; }

/// Whether the guard against secrets held exactly where it had to, and left none on record.
std::optional<std::string> screening_fault(const decision::Request& request,
                                           const decision::Facts& facts,
                                           const decision::ActiveSet* set) {
  const auto setting = set != nullptr ? set->node.on_prohibited : decision::OnProhibited::deny;
  const auto screened = decision::screen(request, setting);
  const auto code = policy::ReasonCode::prohibited_content;
  if (facts.guard == code && !screened.is_denied) {
    return "it was denied for prohibited content, and holds none";
  }
  if (!screened.is_denied) return std::nullopt;
  if (!facts.guard || *facts.guard > code) return "it was decided with prohibited content";
  if (screened.request.canonical == request.canonical) return std::nullopt;
  return "it keeps the prohibited content that it was denied for";
}

Redecision judge_again(const Json& data, std::string_view sealed, const decision::ActiveSet* set) {
  const Json value = chain::unseal(sealed);
  const auto request = decision::parse_request(value);
  if (request.canonical != value) return differs("its sealed request is not the canonical one");
  const auto facts = decision::parse_facts(data.at("facts"));
  if (set != nullptr) {
    if (set->node.tenant_required && !request.tenant) {
      return differs("it has no tenant, and its set takes no request without one");
    }
    if (auto fault = decision::registry_fault(set->node.registry, facts)) {
      return differs(*std::move(fault));
    }
  }
  if (auto fault = screening_fault(request, facts, set)) return differs(*std::move(fault));
  const auto at = entry_time(data.at("at").get_ref<const std::string&>()).value();
  const auto verdict = decision::judge(request, set, facts, at);
  const Json judged =
      decision::decision_data({.decision_id = data.at("decision_id").get<std::string>(),
                               .at = at,
                               .via = data.at("via").get<std::string>(),
                               .request = request,
                               .facts = facts,
                               .verdict = verdict,
                               .token = std::nullopt});
  const auto member = differing_member(data, judged);
  if (!member) return {};
  return differs("judged again, its `" + *member + "` comes out differently");
}

Redecision judge_token(const Json& issued, std::string_view sealed,
                       const decision::ActiveSet& set) {
  const auto request = decision::parse_request(chain::unseal(sealed));
  const auto at = entry_time(issued.at("at").get_ref<const std::string&>()).value();
  const auto facts = decision::parse_facts(issued.at("facts"));
  if (auto fault = decision::registry_fault(set.node.registry, facts)) {
    return differs(*std::move(fault));
  }
  const auto verdict = decision::judge(request, &set, facts, at);
  if (verdict.outcome == policy::Outcome::approved) return {};
  const bool is_gate = issued.contains("judged");
  return differs(std::string("judged again, the ") + (is_gate ? "gate approves" : "token is for") +
                 " what is " + std::string(policy::to_string(verdict.outcome)) + " (" +
                 std::string(policy::to_string(verdict.reason)) + ")");
}

/// What `judge` says, given the set of that hash; nullptr for null.
template <class Judge>
Redecision under_set(const Json& policy_hash, const SetsOnRecord& sets, const Judge& judge) {
  const decision::ActiveSet* set = nullptr;
  if (!policy_hash.is_null()) {
    const auto* const compiled = sets.find(policy_hash.get_ref<const std::string&>());
    if (compiled == nullptr) return differs("its set was never activated");
    if (!compiled->set) return differs("its set cannot be compiled: " + compiled->refusal);
    set = &*compiled->set;
  }
  try {
    return judge(set);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    return differs("it cannot be judged again: " + error.message());
  }
}

}  // namespace

SetsOnRecord::SetsOnRecord(Records& records) {
  records.each_activation([&](std::uint64_t /*seq*/, std::string_view body) {
    try {
      const auto files = files_of(chain::parse_entry(body));
      if (!files) return;
      const std::string policy_hash = decision::set_hash(*files).hex();
      if (!sets_.contains(policy_hash)) sets_.emplace(policy_hash, compile(records, *files));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::bad_input) throw;  // no entry: another check says so
    }
  });
}

const SetsOnRecord::Compiled* SetsOnRecord::find(std::string_view policy_hash) const {
  const auto found = sets_.find(policy_hash);
  return found == sets_.end() ? nullptr : &found->second;
}

std::optional<Redecision> read_again(const chain::Entry& activation, const SetsOnRecord& sets) {
  const Json& data = activation.data;
  const auto* const compiled = sets.find(data.at("policy_hash").get_ref<const std::string&>());
  if (compiled == nullptr || !compiled->set) return std::nullopt;
  const auto& set = *compiled->set;
  if (data.at("mode") != policy::to_string(set.policies.mode())) {
    return differs("its `mode` is not that of its files");
  }
  if (data.at("four_eyes") != decision::to_string(set.node.four_eyes)) {
    return differs("its `four_eyes` is not that of its files");
  }
  return Redecision{};
}

Redecision redecide(const chain::Entry& decision, std::string_view sealed,
                    const SetsOnRecord& sets) {
  const Json& data = decision.data;
  if (data.at("engine") != decision::engine) return {Redecision::Result::engine_unknown, {}};
  const Json& policy_hash = data.at("policy").at("hash");
  return under_set(policy_hash, sets,
                   [&](const decision::ActiveSet* set) { return judge_again(data, sealed, set); });
}

Redecision redecide_token(const chain::Entry& issued, const chain::Entry& decision,
                          std::string_view sealed, const SetsOnRecord& sets) {
  if (decision.data.at("engine") != decision::engine) {
    return {Redecision::Result::engine_unknown, {}};
  }
  if (issued.data.at("facts").at("limits") != decision.data.at("facts").at("limits")) {
    return differs("its limits are not those of its decision");
  }
  return under_set(issued.data.at("policy_hash"), sets, [&](const decision::ActiveSet* set) {
    return judge_token(issued.data, sealed, *set);
  });
}

}  // namespace lexecon::ledger
