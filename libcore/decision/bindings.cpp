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

}  // namespace

cel::Bindings bind(const Request& request, const Facts& facts, Timestamp at, cel::Arena& arena) {
  auto out = cel::bind_request(request.canonical, at);
  out[cel::Variable::context] = cel::declared_context(request.canonical);
  out[cel::Variable::facts] = map_of({{"confirmations", confirmations(facts, arena)},
                                      {"limits", Value::map({})},
                                      {"registry", Value::map({})}},
                                     arena);
  return out;
}

}  // namespace lexecon::decision
