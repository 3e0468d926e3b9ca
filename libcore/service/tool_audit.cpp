#include "service/tool_audit.hpp"

#include <algorithm>
#include <map>

#include "base/ids.hpp"
#include "json/canonical.hpp"
#include "oversight/decisions.hpp"
#include "service/decisions.hpp"

namespace lexecon::service {
namespace {

/// A tool that takes nothing may be written down with or without its empty input.
Json input_of(const agent::ToolUse& call) {
  return json::normalised(agent::kept_input(call.input.is_null() ? Json::object() : call.input));
}

/// What the decision in entry `seq` says of the call, when it was made under its key.
Coverage judged(store::Database& database, std::uint64_t seq, const std::string& key,
                const std::string& host, const agent::ToolUse& call) {
  const auto decision = read_decision(database, seq);
  if (decision.data.at("idempotency_key") != key || decision.data.at("via") != "hook:" + host) {
    return Coverage::no_decision;
  }
  const auto request = sealed_request(database, seq);
  if (!request) return Coverage::covered;
  const auto kept = request->canonical.find("parameters");
  const bool same =
      request->tool == call.tool && kept != request->canonical.end() && *kept == input_of(call);
  return same ? Coverage::covered : Coverage::other_input;
}

}  // namespace

std::string_view to_string(Coverage coverage) {
  switch (coverage) {
    case Coverage::covered:
      return "covered";
    case Coverage::no_decision:
      return "no_decision";
    case Coverage::other_input:
      return "other_input";
  }
  return "no_decision";
}

std::vector<Coverage> coverage_of(const Node& node, const std::string& host,
                                  std::span<const agent::ToolUse> calls) {
  std::vector<Coverage> out(calls.size(), Coverage::no_decision);
  std::multimap<std::string, std::size_t> by_key;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    // An id that no key can hold was never decided.
    const auto key = host + ":" + calls[i].id;
    if (is_free_identifier(key)) by_key.emplace(key, i);
  }
  auto database = open_ledger(node);
  const store::Transaction snapshot(database, store::Transaction::Kind::read);
  oversight::each_keyed_decision(database, [&](std::uint64_t seq, const std::string& key) {
    const auto [first, last] = by_key.equal_range(key);
    for (auto each = first; each != last; ++each) {
      auto& known = out[each->second];
      if (known == Coverage::covered) continue;
      const auto found = judged(database, seq, key, host, calls[each->second]);
      if (found != Coverage::no_decision) known = found;
    }
  });
  return out;
}

}  // namespace lexecon::service
