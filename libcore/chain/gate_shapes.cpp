#include "chain/gate_shapes.hpp"

#include <algorithm>
#include <array>

#include "chain/decision_shape.hpp"

namespace lexecon::chain {
namespace {

using namespace std::string_view_literals;

constexpr std::array names{"approvals"sv, "pins"sv, "policy"sv, "receipts"sv, "registry"sv};

void check_name(const Json& value, const Place& at) {
  one_of({"approvals", "pins", "policy", "receipts", "registry"}, "a check of a gate", value, at);
}

void status(const Json& value, const Place& at) {
  one_of({"pass", "fail", "not_run"}, "pass, fail or not_run", value, at);
}

void said(const Json& value, const Place& at) {
  one_of({"passed", "refused", "undecided", "conditional"},
         "passed, refused, undecided or conditional", value, at);
}

constexpr auto check_members = std::to_array<Member>({
    {"items", count},
    {"name", check_name},
    {"status", status},
});
void check(const Json& value, const Place& at) { members(value, at, check_members); }

void all_checks(const Json& value, const Place& at) {
  items(value, at, check);
  const bool is_whole = std::equal(
      value.begin(), value.end(), names.begin(), names.end(),
      [](const Json& item, std::string_view name) { return text_of(item, "name") == name; });
  if (!is_whole) refuse("each check of a gate once, by name", at);
}

std::string_view status_of(const Json& checks, std::string_view name) {
  const auto found = std::find_if(checks.begin(), checks.end(),
                                  [&](const Json& item) { return text_of(item, "name") == name; });
  return found == checks.end() ? "fail"sv : text_of(*found, "status");
}

/// Pass or fail of what saw something; a check of nothing did not run.
Json said_of(std::string_view name, std::uint64_t items, bool holds) {
  const auto text = items == 0 ? "not_run"sv : holds ? "pass"sv : "fail"sv;
  return {{"items", items}, {"name", name}, {"status", text}};
}

/// The registry of the facts: every state that is there has to be approved.
Json registry_check(const Json& registry) {
  std::uint64_t items = 0;
  bool holds = true;
  for (const auto* name : {"model", "prompt"}) {
    if (registry.is_null() || registry.at(name).is_null()) continue;
    ++items;
    holds = holds && registry.at(name) == "approved";
  }
  return said_of("registry", items, holds);
}

/// A check is what it saw; only a lack of approvals may fail for want of items.
void checks_rule(const Json& data, const Place& at) {
  const Json& facts = data.at("facts");
  for (const Json& item : data.at("checks")) {
    const auto name = text_of(item, "name");
    const auto items = item.at("items").get<std::uint64_t>();
    auto expected = said_of(name, items, text_of(item, "status") == "pass");
    if (name == "policy") expected = said_of(name, 1, text_of(data, "judged") == "approved");
    if (name == "registry") expected = registry_check(facts.at("registry"));
    if (name == "approvals") {
      expected = said_of(name, facts.at("approvals").size(), true);
      if (items == 0 && text_of(item, "status") == "fail") expected["status"] = "fail";
    }
    if (item != expected) refuse("a check that says what it saw", at.below("checks").below(name));
  }
}

/// Digests of as many things as the check of that name saw, or fewer.
void digests_rule(const Json& data, const char* name, const Place& at) {
  for (const Json& item : data.at("checks")) {
    if (text_of(item, "name") != name) continue;
    if (data.at(name).size() > item.at("items").get<std::uint64_t>()) {
      refuse("no more digests than its check saw", at.below(name));
    }
  }
}

void gate_rule(const Json& data, const Place& at) {
  checks_rule(data, at);
  digests_rule(data, "pins", at);
  digests_rule(data, "receipts", at);
  if (text_of(data, "outcome") != gate_outcome(text_of(data, "judged"), data.at("checks"))) {
    refuse("what follows from the checks", at.below("outcome"));
  }
}

constexpr auto gate_checked = std::to_array<Member>({
    {"at", entry_instant},
    {"checks", all_checks},
    {"decision_id", decision_id},
    {"facts", facts},
    {"judged", outcome},
    {"outcome", said},
    {"pins", ascending<hex_64>},
    {"policy_hash", or_null<hex_64>},
    {"receipts", ascending<hex_64>},
});

}  // namespace

std::span<const EventShape> gate_shapes() {
  static const auto table =
      std::to_array<EventShape>({{"gate.checked", gate_checked, Signing::never, gate_rule}});
  return table;
}

std::string_view gate_outcome(std::string_view judged, const Json& checks) {
  const auto failed = [&](std::string_view name) { return status_of(checks, name) == "fail"; };
  if (judged == "denied" || failed("pins") || failed("receipts") || failed("registry")) {
    return "refused";
  }
  // Somebody may still answer these; then there is something to approve.
  if (judged == "escalated") return "undecided";
  if (judged == "conditional") return "conditional";
  return judged != "approved" || failed("approvals") ? "refused"sv : "passed"sv;
}

}  // namespace lexecon::chain
