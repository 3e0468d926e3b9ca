#include "decision/bindings.hpp"

#include <string_view>
#include <utility>

#include "cel/collection.hpp"

namespace lexecon::decision {
namespace {

using cel::Value;

/// `members` in ascending order of their names.
Value map_of(std::initializer_list<std::pair<std::string_view, Value>> members, cel::Arena& arena) {
  const auto pairs = arena.make<cel::Pair>(members.size());
  std::size_t i = 0;
  for (const auto& [name, value] : members) pairs[i++] = {Value::text(name), value};
  return Value::map(pairs);
}

Value confirmations(const Facts& facts, cel::Arena& arena) {
  const auto items = arena.make<Value>(facts.approvals.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& approval = facts.approvals[i];
    items[i] = map_of({{"operator", Value::text(approval.operator_id)},
                       {"requirement", Value::text(approval.requirement)},
                       {"seq", Value::integer(static_cast<std::int64_t>(approval.seq))}},
                      arena);
  }
  return Value::list(items);
}

/// By name: `facts.limits.calls.used`.
Value limits(const Facts& facts, cel::Arena& arena) {
  const auto pairs = arena.make<cel::Pair>(facts.limits.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto& limit = facts.limits[i];
    pairs[i] = {Value::text(limit.name), map_of({{"allowed", Value::integer(limit.allowed)},
                                                 {"used", Value::integer(limit.used)}},
                                                arena)};
  }
  return Value::map(pairs);
}

/// What the request does not name is absent.
Value registry(const Facts& facts, cel::Arena& arena) {
  if (!facts.registry) return Value::map({});
  const auto pairs = arena.make<cel::Pair>(2);
  std::size_t size = 0;
  const auto add = [&](std::string_view name, const std::optional<RegistryState>& state) {
    if (state) pairs[size++] = {Value::text(name), Value::text(to_string(*state))};
  };
  add("model", facts.registry->model);
  add("prompt", facts.registry->prompt);
  return Value::map(pairs.first(size));
}

}  // namespace

cel::Bindings bind(const Request& request, const Facts& facts, Timestamp at, cel::Arena& arena) {
  auto out = cel::bind_request(request.canonical, at);
  out[cel::Variable::context] = cel::declared_context(request.canonical);
  out[cel::Variable::facts] = map_of({{"confirmations", confirmations(facts, arena)},
                                      {"limits", limits(facts, arena)},
                                      {"registry", registry(facts, arena)}},
                                     arena);
  return out;
}

}  // namespace lexecon::decision
