#include "decision/candidates.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.hpp"
#include "cel/reads.hpp"
#include "json/parse.hpp"
#include "json/reader.hpp"
#include "policy/graph.hpp"

namespace lexecon::decision {
namespace {

/// Pieces of names by which a requester would claim what is not theirs to claim.
constexpr std::array<std::string_view, 7> claims{"approv", "authori", "confirm", "consent",
                                                 "risk",   "signed",  "sign_off"};

bool is_claim(std::string_view key) {
  auto lower = std::string(key);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::any_of(claims.begin(), claims.end(), [&lower](std::string_view claim) {
    return lower.find(claim) != std::string::npos;
  });
}

class Gathering {
 public:
  Gathering(const Request& request, const ActiveSet& set, Timestamp at)
      : request_(request),
        graph_(set.policies.graph()),
        in_force_(policy::files_in_force(graph_, at)) {
    for (const auto& term : graph_.terms.list()) {
      if (term.is_declared) add_term(term.id);
    }
    for (const auto& relation : graph_.relations) {
      if (in_force_.test(relation.file)) add_relation(relation);
    }
    for (const auto& factor : set.risk.factors) {
      add_condition(factor.when, set.risk.names, false);
    }
  }

  [[nodiscard]] std::vector<Candidate> take() {
    std::vector<Candidate> out;
    for (const auto& [spelled, value] : found_) {
      const auto& [field, text] = spelled;
      const Json::json_pointer pointer(field);
      const auto& canonical = request_.canonical;
      if (barred_.contains(field) && !value.is_number()) continue;
      if (canonical.contains(pointer) && canonical.at(pointer) == value) continue;
      out.push_back({field, value, text.size()});
    }
    std::stable_sort(out.begin(), out.end(), [](const Candidate& one, const Candidate& other) {
      return one.length < other.length;
    });
    return out;
  }

 private:
  void add(const std::string& field, const Json& value) {
    found_.emplace(std::pair(field, value.dump()), value);
  }

  /// An action or a resource, or something that a prefix pattern hits.
  void add_term(std::string_view pattern) {
    auto id = std::string(pattern);
    if (id == "*") return;
    if (id.ends_with('*')) id.back() = 'x';
    const auto type = policy::type_of(id);
    if (type == policy::TermType::action) add("/action", id);
    if (type == policy::TermType::resource) add("/resource", id);
  }

  void add_relation(const policy::Relation& relation) {
    add_term(relation.action);
    if (relation.object) add_term(*relation.object);
    const auto& names = graph_.names[relation.file];
    for (const auto& condition : relation.when) add_condition(condition, names, false);
    if (relation.met_when) add_condition(*relation.met_when, names, true);
  }

  void add_condition(const policy::Condition& condition, const cel::Names& names, bool meets) {
    const auto& program = condition.program(names);
    std::vector<std::string> fields;
    for (const auto& read : cel::reads_of(program, names)) {
      if (read.name == "tool") fields.emplace_back("/tool");
      if (read.name != "context" || read.key.empty() || is_claim(read.key)) continue;
      fields.push_back("/context/" + json::pointer_token(read.key));
      if (meets) barred_.insert(fields.back());
    }
    for (const auto& node : program.ast.nodes) {
      if (node.op == cel::Op::literal) add_literal(node.literal, fields);
    }
    for (const auto& field : fields) {
      if (field == "/tool") continue;
      add(field, true);
      add(field, false);
    }
  }

  void add_literal(const cel::Value& literal, const std::vector<std::string>& fields) {
    std::vector<Json> values;
    if (literal.is(cel::Kind::text)) {
      add_term(literal.view());
      values = {literal.view(), Json::array({literal.view()})};
    } else if (literal.is(cel::Kind::integer)) {
      add_integers(literal.as_integer(), values);
    } else if (literal.is(cel::Kind::real)) {
      for (const double step : {-0.5, 0.0, 0.5}) values.emplace_back(literal.as_real() + step);
    }
    for (const auto& field : fields) {
      for (const auto& value : values) {
        if (field != "/tool" || value.is_string()) add(field, value);
      }
    }
  }

  /// What a comparison with a number tells apart.
  static void add_integers(std::int64_t number, std::vector<Json>& values) {
    if (number < -json::max_integer || number > json::max_integer) return;
    for (const std::int64_t step : {-1, 0, 1}) {
      const auto value = number + step;
      if (value >= -json::max_integer && value <= json::max_integer) values.emplace_back(value);
    }
  }

  const Request& request_;
  const policy::Graph& graph_;
  policy::FilesInForce in_force_;
  std::map<std::pair<std::string, std::string>, Json> found_;  // field, value as JSON
  std::set<std::string> barred_;
};

}  // namespace

std::vector<Candidate> candidates(const Request& request, const ActiveSet& set, Timestamp at) {
  return Gathering(request, set, at).take();
}

}  // namespace lexecon::decision
