#include "policy/lint_satisfy.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <variant>

#include "cel/unparse.hpp"
#include "policy/probes.hpp"

namespace lexecon::policy {
namespace {

using cel::NodeId;
using cel::Op;

constexpr std::size_t max_alternatives = 256;

using Scalar = std::variant<std::monostate, bool, long double, std::string>;  // null first

enum class Test : std::uint8_t { equal, less, less_equal, greater, greater_equal, begins };

/// One of the values passes the test; `negated`: none does.
struct Atom {
  std::string variable;
  Test test = Test::equal;
  std::vector<Scalar> values;
  bool negated = false;
};
using Together = std::vector<Atom>;
/// At least one of them; none means never.
using Alternatives = std::vector<Together>;

std::optional<Scalar> scalar_of(const cel::Program& program, NodeId node) {
  const auto value = literal_of(program, node);
  if (!value) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  if (value->is_number()) return value->get<long double>();
  return value->is_string() ? Scalar(value->get<std::string>()) : Scalar();
}

std::optional<Test> test_of(Op op, bool mirrored) {
  switch (op) {
    case Op::less:
      return mirrored ? Test::greater : Test::less;
    case Op::less_equal:
      return mirrored ? Test::greater_equal : Test::less_equal;
    case Op::greater:
      return mirrored ? Test::less : Test::greater;
    case Op::greater_equal:
      return mirrored ? Test::less_equal : Test::greater_equal;
    case Op::equal:
    case Op::not_equal:
      return Test::equal;
    default:
      return std::nullopt;
  }
}

class Reading {
 public:
  explicit Reading(const cel::Program& program) : program_(program), ast_(program.ast) {}

  [[nodiscard]] Alternatives alternatives(NodeId node, bool wanted) const {
    const auto operands = ast_.operands_of(node);
    switch (ast_.nodes[node].op) {
      case Op::not_:
        return alternatives(operands[0], !wanted);
      case Op::and_:
        return joined(operands, wanted, wanted);
      case Op::or_:
        return joined(operands, wanted, !wanted);
      case Op::conditional: {
        auto yes = both(alternatives(operands[0], true), alternatives(operands[1], wanted));
        const auto no = both(alternatives(operands[0], false), alternatives(operands[2], wanted));
        yes.insert(yes.end(), no.begin(), no.end());
        return yes;
      }
      default:
        break;
    }
    if (const auto constant = scalar_of(program_, node)) {
      const auto* const truth = std::get_if<bool>(&*constant);
      return truth != nullptr && *truth == wanted ? Alternatives{{}} : Alternatives{};
    }
    auto atom = atom_of(node);
    if (!wanted) atom.negated = !atom.negated;
    return {{std::move(atom)}};
  }

  /// Too many are as good as one that says nothing.
  [[nodiscard]] static Alternatives both(const Alternatives& a, const Alternatives& b) {
    if (a.size() * b.size() > max_alternatives) return {{}};
    Alternatives out;
    for (const auto& left : a) {
      for (const auto& right : b) {
        out.push_back(left);
        out.back().insert(out.back().end(), right.begin(), right.end());
      }
    }
    return out;
  }

 private:
  [[nodiscard]] Alternatives joined(std::span<const NodeId> operands, bool wanted, bool all) const {
    Alternatives out = all ? Alternatives{{}} : Alternatives{};
    for (const auto operand : operands) {
      const auto more = alternatives(operand, wanted);
      if (all) {
        out = both(out, more);
      } else {
        out.insert(out.end(), more.begin(), more.end());
      }
      if (out.size() > max_alternatives) return {{}};
    }
    return out;
  }

  [[nodiscard]] Atom atom_of(NodeId node) const {
    const auto operands = ast_.operands_of(node);
    const auto op = ast_.nodes[node].op;
    if (op == Op::in && ast_.nodes[operands[1]].op == Op::list) {
      if (auto atom = membership(operands)) return std::move(*atom);
    }
    for (const bool mirrored : {false, true}) {
      const auto test = test_of(op, mirrored);
      if (!test) break;
      const auto path = path_of(program_, operands[mirrored ? 1 : 0]);
      const auto value = scalar_of(program_, operands[mirrored ? 0 : 1]);
      if (path.empty() || !value) continue;
      if (*test != Test::equal && !std::holds_alternative<long double>(*value)) continue;
      return {path, *test, {*value}, op == Op::not_equal};
    }
    if (op == Op::method && ast_.nodes[node].name == "startsWith") {
      const auto path = path_of(program_, operands[0]);
      const auto value = scalar_of(program_, operands[1]);
      if (!path.empty() && value) return {path, Test::begins, {*value}, false};
    }
    const auto path = path_of(program_, node);
    return {path.empty() ? cel::unparse(ast_, node) : path, Test::equal, {true}, false};
  }

  [[nodiscard]] std::optional<Atom> membership(std::span<const NodeId> operands) const {
    Atom out{path_of(program_, operands[0]), Test::equal, {}, false};
    if (out.variable.empty()) return std::nullopt;
    for (const auto item : ast_.operands_of(operands[1])) {
      const auto value = scalar_of(program_, item);
      if (!value) return std::nullopt;
      out.values.push_back(*value);
    }
    return out;
  }

  const cel::Program& program_;
  const cel::Ast& ast_;
};

bool passes(const Scalar& candidate, Test test, const Scalar& value) {
  if (test == Test::equal) return candidate == value;
  const auto* const number = std::get_if<long double>(&candidate);
  const auto* const bound = std::get_if<long double>(&value);
  const auto* const text = std::get_if<std::string>(&candidate);
  const auto* const prefix = std::get_if<std::string>(&value);
  if (test == Test::begins) {
    return text != nullptr && prefix != nullptr && text->starts_with(*prefix);
  }
  if (number == nullptr || bound == nullptr) return false;
  switch (test) {
    case Test::less:
      return *number < *bound;
    case Test::less_equal:
      return *number <= *bound;
    case Test::greater:
      return *number > *bound;
    case Test::greater_equal:
    case Test::equal:
    case Test::begins:
      break;
  }
  return *number >= *bound;
}

/// An order or a beginning of a value of another type has no value: neither it nor its negation holds.
bool holds(const Atom& atom, const Scalar& candidate) {
  if (atom.test != Test::equal && !atom.values.empty() &&
      candidate.index() != atom.values.front().index()) {
    return false;
  }
  return atom.negated !=
         std::any_of(atom.values.begin(), atom.values.end(),
                     [&](const Scalar& value) { return passes(candidate, atom.test, value); });
}

/// Values of every kind on every side of those that are named.
std::vector<Scalar> candidates(const std::vector<const Atom*>& atoms) {
  std::vector<Scalar> out{Scalar(), true, false, std::string("\x01")};
  std::vector<long double> numbers{0};
  for (const auto* const atom : atoms) {
    for (const auto& value : atom->values) {
      out.push_back(value);
      if (const auto* const text = std::get_if<std::string>(&value))
        out.emplace_back(*text + "\x01");
      if (const auto* const number = std::get_if<long double>(&value)) numbers.push_back(*number);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  out.emplace_back(numbers.front() - 1);
  out.emplace_back(numbers.back() + 1);
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    out.emplace_back((numbers[i - 1] + numbers[i]) / 2);
  }
  return out;
}

bool is_possible(const Together& together) {
  std::map<std::string_view, std::vector<const Atom*>> by_variable;
  for (const auto& atom : together) by_variable[atom.variable].push_back(&atom);
  return std::all_of(by_variable.begin(), by_variable.end(), [](const auto& entry) {
    const auto& atoms = entry.second;
    const auto values = candidates(atoms);
    return std::any_of(values.begin(), values.end(), [&](const Scalar& value) {
      return std::all_of(atoms.begin(), atoms.end(),
                         [&](const Atom* atom) { return holds(*atom, value); });
    });
  });
}

}  // namespace

bool can_hold(std::span<const cel::Program* const> conditions, std::span<const Known> known) {
  Alternatives all{{}};
  for (const auto& [variable, pattern] : known) {
    const bool open = pattern.ends_with('*');
    all.front().push_back({variable,
                           open ? Test::begins : Test::equal,
                           {open ? pattern.substr(0, pattern.size() - 1) : pattern},
                           false});
  }
  for (const auto* const program : conditions) {
    all = Reading::both(all, Reading(*program).alternatives(program->ast.root(), true));
  }
  return std::any_of(all.begin(), all.end(), is_possible);
}

}  // namespace lexecon::policy
