#include "policy/condition.hpp"

#include <mutex>
#include <variant>

#include "cel/describe.hpp"
#include "cel/evaluate.hpp"

namespace lexecon::policy {
namespace {

std::string placed(std::string_view source, const cel::Problem& problem) {
  const auto place = cel::place_of(source, problem.at);
  return problem.message + " at " + std::to_string(place.line) + ":" + std::to_string(place.column);
}

}  // namespace

struct Condition::Compiled {
  explicit Compiled(std::string text) : source(std::move(text)) {}

  void compile(const cel::Names& names) {
    auto result = cel::compile(source, names, cel::Mode::strict);
    if (auto* wrong = std::get_if<std::vector<cel::Problem>>(&result)) {
      problem = std::move(wrong->front());
      return;
    }
    program = std::move(std::get<cel::Program>(result));
  }

  std::string source;  // what the program points into
  std::once_flag once;
  cel::Program program;
  std::optional<cel::Problem> problem;
};

Condition::Condition(std::string source)
    : compiled_(std::make_unique<Compiled>(std::move(source))) {}
Condition::~Condition() = default;
Condition::Condition(Condition&&) noexcept = default;
Condition& Condition::operator=(Condition&&) noexcept = default;

const std::string& Condition::source() const { return compiled_->source; }

const Condition::Compiled& Condition::compiled(const cel::Names& names) const {
  std::call_once(compiled_->once, [&] { compiled_->compile(names); });
  return *compiled_;
}

const std::optional<cel::Problem>& Condition::problem(const cel::Names& names) const {
  return compiled(names).problem;
}

const cel::Program& Condition::program(const cel::Names& names) const {
  return compiled(names).program;
}

Answer Condition::ask(const cel::Names& names, const cel::Bindings& bindings,
                      cel::Arena& arena) const {
  const auto& [source, once, program, problem] = compiled(names);
  // SECURITY: a cache is checked before it is read, and still what does not compile is never a yes.
  if (problem) return {Truth::fault, placed(source, *problem)};
  const auto value = cel::evaluate(program, names, bindings.slots(), arena).value;
  if (value.is(cel::Kind::boolean)) return {value.as_boolean() ? Truth::yes : Truth::no, {}};
  if (value.is_error()) return {Truth::fault, placed(source, describe(program, value.failure()))};
  return {Truth::fault, "expected a bool, found " + std::string(cel::type_name(value.kind()))};
}

Answer ask_all(const std::vector<Condition>& conditions, const cel::Names& names,
               const cel::Bindings& bindings, cel::Arena& arena) {
  Answer out;
  for (const auto& condition : conditions) {
    auto answer = condition.ask(names, bindings, arena);
    if (answer.truth == Truth::no) return answer;
    if (answer.truth == Truth::fault && out.truth == Truth::yes) out = std::move(answer);
  }
  return out;
}

}  // namespace lexecon::policy
