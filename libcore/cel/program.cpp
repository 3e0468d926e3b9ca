#include "cel/program.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "cel/collection.hpp"
#include "cel/parse.hpp"
#include "cel/phrases.hpp"

namespace lexecon::cel {
namespace {

class Compiler {
 public:
  Compiler(Ast ast, const Names& names, Mode mode) : names_(names), mode_(mode) {
    program_.ast = std::move(ast);
    program_.steps.resize(program_.ast.nodes.size());
    for (const auto& name : names.variables) {
      if (name.find('.') != std::string::npos) has_dotted_ = true;
    }
  }

  std::variant<Program, std::vector<Problem>> run() {
    resolve(program_.ast.root());
    if (problems_.empty()) return std::move(program_);
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const Problem& one, const Problem& other) { return one.at < other.at; });
    return std::move(problems_);
  }

 private:
  [[nodiscard]] const Node& node_of(NodeId id) const { return program_.ast.nodes[id]; }
  [[nodiscard]] const Step& step_of(NodeId id) const { return program_.steps[id]; }

  void problem(std::uint32_t at, std::string message) {
    if (mode_ == Mode::strict) problems_.push_back({at, std::move(message)});
  }

  void resolve(NodeId id) {
    const Node& node = node_of(id);
    Step& step = program_.steps[id];
    step.op = node.op;
    step.first = node.first;
    step.count = node.count;
    if (is_comprehension(node.op)) {
      comprehension(id);
      return;
    }
    if (node.op == Op::literal) {
      constant(step, node.literal);
    } else if (node.op == Op::name) {
      name(id);
    } else if (node.op == Op::select && qualified(id)) {
      return;
    }
    for (const auto operand : program_.ast.operands_of(id)) resolve(operand);
    if (node.op == Op::select || node.op == Op::has) selection(id);
    if (node.op == Op::index) index(id);
    if (node.op == Op::call || node.op == Op::method) call(id);
    if (node.op == Op::list || node.op == Op::map) fold(id);
  }

  static void constant(Step& step, const Value& value) {
    step.target = Target::constant;
    step.constant = value;
  }

  // --- names ------------------------------------------------------------------------------------

  [[nodiscard]] std::optional<std::uint16_t> local(std::string_view name) const {
    const auto found = std::find(scopes_.rbegin(), scopes_.rend(), name);
    if (found == scopes_.rend()) return std::nullopt;
    return static_cast<std::uint16_t>(scopes_.rend() - found - 1);
  }

  /// A variable or a type of exactly that name.
  bool settle(Step& step, std::string_view name) {
    const auto& variables = names_.variables;
    const auto found = std::find(variables.begin(), variables.end(), name);
    if (found != variables.end()) {
      step.target = Target::slot;
      step.index = static_cast<std::uint16_t>(found - variables.begin());
      return true;
    }
    const Kind kind = type_called(name);
    if (kind == Kind::absent) return false;
    constant(step, Value::type(kind));
    return true;
  }

  void name(NodeId id) {
    const Node& node = node_of(id);
    Step& step = program_.steps[id];
    const auto own = node.rooted ? std::nullopt : local(node.name);
    if (own) {
      step.target = Target::local;
      step.index = *own;
      return;
    }
    if (settle(step, node.name)) return;
    if (names_.context) {
      step.target = Target::context_key;
      step.index = *names_.context;
      step.constant = Value::text(node.name);
      if (!names_.declared || declaration_of(names_, node.name) != nullptr) return;
    }
    if (!names_.context) step.target = Target::nothing;
    unknown_name(node);
  }

  [[nodiscard]] std::vector<std::string> declared_names() const {
    std::vector<std::string> out;
    if (!names_.declared) return out;
    for (const auto& key : *names_.declared) out.push_back(key.name);
    return out;
  }

  void unknown_name(const Node& node) {
    if (mode_ == Mode::lenient) return;
    auto known = declared_names();
    known.insert(known.end(), names_.variables.begin(), names_.variables.end());
    known.insert(known.end(), scopes_.begin(), scopes_.end());
    problem(node.at, "unknown name " + ticked(node.name) + suggestion(node.name, known));
  }

  /// The longest dotted name wins: a.b.c before the member c of a.b. A comprehension variable hides
  /// every name that begins with it.
  bool qualified(NodeId id) {
    const Node* base = &node_of(id);
    while (base->op == Op::select && !base->quoted) {
      base = &node_of(program_.ast.operands_of(*base)[0]);
    }
    if (base->op != Op::name || (!has_dotted_ && base->name != "google")) return false;
    if (!base->rooted && local(base->name)) return false;
    return settle(program_.steps[id], dotted(id));
  }

  [[nodiscard]] std::string dotted(NodeId id) const {
    const Node& node = node_of(id);
    if (node.op == Op::name) return std::string(node.name);
    return dotted(program_.ast.operands_of(node)[0]) + "." + std::string(node.name);
  }

  // --- members ----------------------------------------------------------------------------------

  void selection(NodeId id) {
    const Node& node = node_of(id);
    program_.steps[id].constant = Value::text(node.name);
    member(program_.ast.operands_of(node)[0], node.name, node.at);
  }

  void index(NodeId id) {
    const auto operands = program_.ast.operands_of(id);
    const Node& key = node_of(operands[1]);
    if (key.op == Op::literal && key.literal.is(Kind::text)) {
      member(operands[0], key.literal.view(), key.at);
    }
  }

  /// With a `context:` every key that is read by name stands there.
  void member(NodeId map, std::string_view key, std::uint32_t at) {
    const Step& step = step_of(map);
    if (!names_.declared || step.target != Target::slot || step.index != names_.context) return;
    if (declaration_of(names_, key) != nullptr) return;
    problem(at, "the context declares no " + ticked(key) + suggestion(key, declared_names()));
  }

  // --- calls ------------------------------------------------------------------------------------

  void call(NodeId id) {
    const Node& node = node_of(id);
    Step& step = program_.steps[id];
    const bool is_method = node.op == Op::method;
    const std::size_t given = node.count - (is_method ? 1 : 0);
    const Signature* signature = signature_of(node.name);
    if (signature == nullptr) {
      step.is_known = false;
      unknown_function(node);
      return;
    }
    const Arity arity = is_method ? signature->method : signature->global;
    step.function = signature->function;
    step.is_known = arity.takes(given);
    if (!arity.is_possible()) {
      const auto right =
          is_method ? std::string(node.name) + "(value)" : "value." + std::string(node.name) + "()";
      problem(node.at, "expected " + ticked(right));
    } else if (!step.is_known) {
      problem(node.at, ticked(node.name) + " takes " + arguments(arity) + ", found " +
                           std::to_string(given));
    } else if (step.function == Function::matches) {
      pattern(step, program_.ast.operands_of(node)[1]);
    } else if (step.function >= Function::full_year && given == 1) {
      zone(step, program_.ast.operands_of(node)[1]);
    }
  }

  void unknown_function(const Node& node) {
    if (mode_ == Mode::lenient) return;
    std::vector<std::string> known;
    for (const auto& signature : signatures()) known.emplace_back(signature.name);
    if (node.op == Op::method) {
      known.insert(known.end(), {"all", "exists", "exists_one", "filter", "map"});
      if (std::find(known.begin(), known.end(), node.name) != known.end()) {
        problem(node.at, "expected `value." + std::string(node.name) + "(name, expression)`");
        return;
      }
    }
    problem(node.at, "unknown function " + ticked(node.name) + suggestion(node.name, known));
  }

  void pattern(Step& step, NodeId argument) {
    const Node& node = node_of(argument);
    if (node.op != Op::literal || !node.literal.is(Kind::text)) {
      problem(node.at, "expected a literal pattern, so that it can be checked here");
      return;
    }
    auto compiled = Pattern::compile(node.literal.view());
    if (const auto* why = std::get_if<std::string>(&compiled)) {
      problem(node.at, "expected a regular expression: " + *why);
      return;
    }
    step.resource = static_cast<std::uint32_t>(program_.patterns.size());
    program_.patterns.push_back(std::move(std::get<Pattern>(compiled)));
  }

  void zone(Step& step, NodeId argument) {
    const Node& node = node_of(argument);
    if (node.op != Op::literal || !node.literal.is(Kind::text)) return;
    auto found = zone_called(node.literal.view());
    if (!found) {
      problem(node.at, "no time zone is called " + ticked(printable(node.literal.view())));
      return;
    }
    step.resource = static_cast<std::uint32_t>(program_.zones.size());
    program_.zones.push_back(std::move(*found));
  }

  // --- comprehensions and constants -------------------------------------------------------------

  void comprehension(NodeId id) {
    const auto operands = program_.ast.operands_of(id);
    resolve(operands[0]);
    program_.steps[id].index = static_cast<std::uint16_t>(scopes_.size());
    scopes_.emplace_back(node_of(id).name);
    program_.locals = std::max(program_.locals, static_cast<std::uint16_t>(scopes_.size()));
    for (const auto operand : operands.subspan(1)) resolve(operand);
    scopes_.pop_back();
  }

  /// A list or a map of constants is made once; it costs what making it would.
  void fold(NodeId id) {
    const auto operands = program_.ast.operands_of(id);
    std::uint32_t cost = 1;
    std::vector<Value> parts;
    for (const auto operand : operands) {
      if (step_of(operand).target != Target::constant) return;
      cost += step_of(operand).cost;
      parts.push_back(step_of(operand).constant);
    }
    auto& storage = program_.ast.storage;
    const auto value =
        node_of(id).op == Op::list ? list_of(parts, storage) : map_of(parts, storage);
    if (!value) return;  // evaluation says why
    constant(program_.steps[id], *value);
    program_.steps[id].cost = cost;
  }

  const Names& names_;
  Mode mode_;
  bool has_dotted_ = false;
  Program program_;
  std::vector<std::string> scopes_;
  std::vector<Problem> problems_;
};

}  // namespace

std::variant<Program, std::vector<Problem>> compile(Ast ast, const Names& names, Mode mode) {
  return Compiler(std::move(ast), names, mode).run();
}

std::variant<Program, std::vector<Problem>> compile(std::string_view source, const Names& names,
                                                    Mode mode) {
  auto parsed = parse(source);
  if (auto* problem = std::get_if<Problem>(&parsed)) return std::vector{std::move(*problem)};
  return compile(std::move(std::get<Ast>(parsed)), names, mode);
}

}  // namespace lexecon::cel
