#include "cel/condition.hpp"

#include "json/json.hpp"

namespace lexecon::cel {
namespace {

constexpr std::array<const char*, variable_count> variables = {
    "actor",  "action",  "resource", "data_classes", "tool",          "intent",  "tenant", "model",
    "prompt", "context", "risk",     "facts",        "declared_risk", "request", "now"};

constexpr std::int64_t micros_per_second = 1'000'000;

/// Times of the program are never before 1970.
Instant instant_of(Timestamp at) {
  return {at.micros / micros_per_second,
          static_cast<std::uint32_t>(at.micros % micros_per_second * 1000)};
}

}  // namespace

Names condition_names(std::optional<std::vector<DeclaredKey>> declared) {
  Names names;
  names.variables.assign(variables.begin(), variables.end());
  names.context = static_cast<std::uint16_t>(Variable::context);
  names.declared = std::move(declared);
  return names;
}

Bindings bind_request(const Json& request, Timestamp now) {
  Bindings bindings;
  for (const auto empty : {Variable::context, Variable::risk, Variable::facts}) {
    bindings[empty] = Value::map({});
  }
  bindings[Variable::data_classes] = Value::list({});
  for (std::size_t i = 0; i < variable_count; ++i) {
    const auto name = static_cast<Variable>(i);
    const bool given = name != Variable::risk && name != Variable::facts && name != Variable::now;
    const auto member = given ? request.find(variables[i]) : request.end();
    if (member != request.end()) bindings[name] = Value::json(*member);
  }
  bindings[Variable::request] = Value::json(request);
  bindings[Variable::now] = Value::timestamp(instant_of(now));
  return bindings;
}

Value declared_context(const Json& request) {
  const auto context = request.find("context");
  return context == request.end() ? Value::map({}) : Value::declared(*context);
}

}  // namespace lexecon::cel
