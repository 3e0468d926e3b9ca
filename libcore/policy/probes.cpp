#include "policy/probes.hpp"

#include <algorithm>
#include <utility>

#include "cel/unparse.hpp"

namespace lexecon::policy {
namespace {

using cel::NodeId;
using cel::Op;
using Test = Probe::Test;

constexpr std::string_view request = "request.";

/// Nothing for a name that would read as two.
std::string member(const std::string& map, std::string_view name) {
  if (map.empty() || name.find('.') != std::string_view::npos) return {};
  return map + "." + std::string(name);
}

std::string without_request(const std::string& path) {
  return path.starts_with(request) ? path.substr(request.size()) : path;
}

bool is_order(Op op) {
  return op == Op::less || op == Op::less_equal || op == Op::greater || op == Op::greater_equal;
}

class Probing {
 public:
  explicit Probing(const cel::Program& program) : program_(program), ast_(program.ast) {}

  Probes run() {
    walk(ast_.root());
    return std::move(out_);
  }

 private:
  void walk(NodeId node) {
    const auto operands = ast_.operands_of(node);
    switch (ast_.nodes[node].op) {
      case Op::not_:
      case Op::and_:
      case Op::or_:
      case Op::conditional:
        for (const auto operand : operands) walk(operand);
        return;
      default:
        break;
    }
    if (program_.steps[node].target != cel::Target::constant && !is_clear(node)) hide(node);
  }

  /// Notes what a part asks; false when that is not all there is to it.
  bool is_clear(NodeId node) {
    const auto& syntax = ast_.nodes[node];
    const auto operands = ast_.operands_of(node);
    if (syntax.op == Op::in) return is_membership(operands[0], operands[1]);
    if (syntax.op == Op::equal || syntax.op == Op::not_equal || is_order(syntax.op)) {
      return is_comparison(syntax.op, operands[0], operands[1]) ||
             is_comparison(syntax.op, operands[1], operands[0]);
    }
    if (syntax.op == Op::has) {
      return note(without_request(member(path_of(program_, operands[0]), syntax.name)),
                  Test::presence);
    }
    if (syntax.op == Op::method && syntax.name == "startsWith") {
      const auto begins = literal_of(program_, operands[1]);
      return begins && begins->is_string() &&
             note(path_of(program_, operands[0]), Test::begins, *begins);
    }
    return note(path_of(program_, node), Test::equal, true);
  }

  bool is_comparison(Op op, NodeId variable, NodeId other) {
    const auto path = path_of(program_, variable);
    if (const auto moment = moment_of(other); moment && path == "now") {
      return note(path, Test::moment, *moment);
    }
    const auto value = literal_of(program_, other);
    if (!value) return false;
    // The texts between two others have no middle that could be named.
    if (is_order(op) && !value->is_number()) return false;
    return note(path, is_order(op) ? Test::order : Test::equal, *value);
  }

  bool is_membership(NodeId item, NodeId list) {
    if (const auto value = literal_of(program_, item)) {
      return note(path_of(program_, list), Test::element, *value);
    }
    const auto path = path_of(program_, item);
    if (path.empty() || ast_.nodes[list].op != Op::list) return false;
    std::vector<Json> values;
    for (const auto each : ast_.operands_of(list)) {
      const auto value = literal_of(program_, each);
      if (!value) return false;
      values.push_back(*value);
    }
    note(path, Test::presence);  // of an empty list as of any other
    for (auto& value : values) note(path, Test::equal, std::move(value));
    return true;
  }

  /// The text of timestamp("...").
  [[nodiscard]] std::optional<Json> moment_of(NodeId node) const {
    const auto& syntax = ast_.nodes[node];
    if (syntax.op != Op::call || syntax.name != "timestamp") return std::nullopt;
    const auto operands = ast_.operands_of(node);
    auto text = operands.size() == 1 ? literal_of(program_, operands[0]) : std::nullopt;
    return text && text->is_string() ? text : std::nullopt;
  }

  bool note(const std::string& path, Test test, Json value = nullptr) {
    if (path.empty()) return false;
    out_.probes.push_back({path, test, std::move(value)});
    return true;
  }

  /// Of an opaque part: any of its variables may matter by any of its literals.
  void hide(NodeId node) {
    if (!reads_something(node)) return;
    out_.opaque.push_back(cel::unparse(ast_, node));
    std::vector<std::string> paths;
    std::vector<Json> values;
    gather(node, paths, values);
    for (const auto& path : paths) {
      note(path, Test::presence);
      for (const auto& value : values) note(path, Test::other, value);
    }
  }

  [[nodiscard]] bool reads_something(NodeId node) const {
    const auto target = program_.steps[node].target;
    if (target == cel::Target::slot || target == cel::Target::context_key) return true;
    const auto operands = ast_.operands_of(node);
    return std::any_of(operands.begin(), operands.end(),
                       [this](NodeId each) { return reads_something(each); });
  }

  void gather(NodeId node, std::vector<std::string>& paths, std::vector<Json>& values) const {
    if (auto value = literal_of(program_, node)) {
      values.push_back(*std::move(value));
      return;
    }
    auto path = path_of(program_, node);
    if (!path.empty()) {
      paths.push_back(std::move(path));
      return;
    }
    for (const auto operand : ast_.operands_of(node)) gather(operand, paths, values);
  }

  const cel::Program& program_;
  const cel::Ast& ast_;
  Probes out_;
};

}  // namespace

std::optional<Json> literal_of(const cel::Program& program, NodeId node) {
  if (program.steps[node].target != cel::Target::constant) return std::nullopt;
  const auto& value = program.steps[node].constant;
  switch (value.kind()) {
    case cel::Kind::null:
      return Json();
    case cel::Kind::boolean:
      return value.as_boolean();
    case cel::Kind::integer:
      return value.as_integer();
    case cel::Kind::unsigned_integer:
      return value.as_unsigned();
    case cel::Kind::real:
      return value.as_real();
    case cel::Kind::text:
      return std::string(value.view());
    default:
      return std::nullopt;
  }
}

std::string path_of(const cel::Program& program, NodeId node) {
  const auto& syntax = program.ast.nodes[node];
  const auto operands = program.ast.operands_of(node);
  std::string out;
  switch (syntax.op) {
    case Op::name:
      if (program.steps[node].target == cel::Target::context_key) {
        return "context." + std::string(syntax.name);
      }
      return program.steps[node].target == cel::Target::slot ? std::string(syntax.name) : "";
    case Op::select:
      out = member(path_of(program, operands[0]), syntax.name);
      break;
    case Op::index: {
      const auto key = literal_of(program, operands[1]);
      if (!key || !key->is_string()) return {};
      out = member(path_of(program, operands[0]), key->get_ref<const std::string&>());
      break;
    }
    default:
      return {};
  }
  return without_request(out);
}

Probes probes_of(const cel::Program& program) { return Probing(program).run(); }

}  // namespace lexecon::policy
