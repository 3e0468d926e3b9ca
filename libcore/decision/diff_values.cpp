#include "decision/diff_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/text.hpp"
#include "json/parse.hpp"
#include "risk/model.hpp"

namespace lexecon::decision {
namespace {

using policy::Probe;
using Test = Probe::Test;

constexpr std::size_t max_elements = 3;  // of which every combination is made
constexpr int highest_score = 100;

const Json absent = Json(Json::value_t::discarded);

/// What a request has besides its terms and its risk.
constexpr std::array<std::string_view, 13> readable{
    "context", "parameters", "tool",     "intent",          "tenant",        "model", "prompt",
    "usage",   "request_id", "trace_id", "idempotency_key", "declared_risk", "risk"};

std::string root_of(const std::string& path) { return path.substr(0, path.find('.')); }

/// Of one member, everything that it is asked.
class Asked {
 public:
  void add(const Probe& probe) {
    probes_.push_back(probe);
    switch (probe.test) {
      case Test::presence:
      case Test::moment:
        return;
      case Test::element:
        elements_.insert(probe.value);
        return;
      case Test::begins:
      case Test::equal:
      case Test::order:
      case Test::other:
        named_.insert(probe.value);
    }
    if (probe.test == Test::other) elements_.insert(probe.value);
  }

  [[nodiscard]] bool is_complete() const { return elements_.size() <= max_elements; }
  [[nodiscard]] bool asks_values() const { return !named_.empty() || !elements_.empty(); }

  [[nodiscard]] std::vector<Json> values(bool is_declared) const {
    std::vector<Json> out{absent};
    const auto fresh = fresh_text();
    for (const auto& value : named_) {
      out.push_back(value);
      if (value.is_string()) out.emplace_back(value.get_ref<const std::string&>() + fresh);
      if (value.is_boolean()) out.emplace_back(!value.get<bool>());
    }
    add_numbers(out);
    add_lists(out);
    out.emplace_back(fresh);
    out.emplace_back(0);
    if (is_declared) {
      for (auto& other : {Json(false), Json::array(), Json::object()}) out.push_back(other);
    }
    std::set<std::string> kinds;
    std::erase_if(
        out, [&](const Json& value) { return !kinds.insert(kind_of(value, is_declared)).second; });
    return out;
  }

 private:
  /// What the probes see of a value. Where a context is declared, a value of another type is a fault.
  [[nodiscard]] std::string kind_of(const Json& value, bool is_declared) const {
    std::string out;
    if (is_declared || value.is_discarded() || value.is_boolean()) out = value.type_name();
    if (is_declared && value.is_number()) out = value.is_number_integer() ? "integer" : "real";
    for (const auto& probe : probes_) out += seen_by(probe, value);
    return out;
  }

  static std::string seen_by(const Probe& probe, const Json& value) {
    constexpr const char* fault = "?";
    const auto truth = [](bool holds) { return holds ? "=" : "!"; };
    switch (probe.test) {
      case Test::presence:
      case Test::moment:
        return {};
      case Test::equal:
        return truth(value == probe.value);
      case Test::order:
        if (!value.is_number()) return fault;
        return value < probe.value ? "<" : (probe.value < value ? ">" : "=");
      case Test::begins:
        return value.is_string() ? truth(begins(value, probe.value)) : fault;
      case Test::element:
        return value.is_array() ? truth(holds(value, probe.value)) : fault;
      case Test::other:
        break;
    }
    return value.is_discarded() ? "" : value.dump();
  }

  static bool begins(const Json& value, const Json& beginning) {
    return beginning.is_string() &&
           value.get_ref<const std::string&>().starts_with(beginning.get_ref<const std::string&>());
  }
  static bool holds(const Json& list, const Json& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  }

  /// Neither a text that is named nor how one goes on.
  [[nodiscard]] std::string fresh_text() const {
    std::string out = "any";
    const auto is_named = [&](const Json& value) {
      return value.is_string() &&
             value.get_ref<const std::string&>().find(out) != std::string::npos;
    };
    while (std::any_of(named_.begin(), named_.end(), is_named)) out += 'x';
    return out;
  }

  void add_numbers(std::vector<Json>& out) const {
    std::vector<Json> numbers;
    for (const auto& value : named_) {
      if (value.is_number() && std::abs(value.get<double>()) < json::max_integer) {
        numbers.push_back(value);
      }
    }
    if (numbers.empty()) return;
    std::sort(numbers.begin(), numbers.end());
    out.push_back(next_to(numbers.front(), -1));
    out.push_back(next_to(numbers.back(), 1));
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      const auto middle = (numbers[i - 1].get<double>() + numbers[i].get<double>()) / 2;
      out.emplace_back(middle);
      const auto next = next_to(numbers[i - 1], 1);
      if (next < numbers[i]) out.push_back(next);
    }
  }

  static Json next_to(const Json& number, int step) {
    if (number.is_number_integer()) return number.get<std::int64_t>() + step;
    return number.get<double>() + step;
  }

  void add_lists(std::vector<Json>& out) const {
    if (elements_.empty()) return;
    const std::vector<Json> all(elements_.begin(), elements_.end());
    if (all.size() > max_elements) {
      out.emplace_back(Json::array());
      for (const auto& each : all) out.push_back(Json::array({each}));
      out.emplace_back(all);
      return;
    }
    for (std::size_t mask = 0; mask < (std::size_t{1} << all.size()); ++mask) {
      auto list = Json::array();
      for (std::size_t i = 0; i < all.size(); ++i) {
        if ((mask >> i & 1U) != 0) list.push_back(all[i]);
      }
      out.push_back(std::move(list));
    }
  }

  std::vector<Probe> probes_;
  std::set<Json> named_;
  std::set<Json> elements_;
};

bool is_elsewhere(const std::string& path) {
  const auto root = root_of(path);
  const bool is_term =
      root == "actor" || root == "action" || root == "resource" || root == "data_classes";
  return is_term || root == "now" || path == "risk" || path == "risk.score" || path == "risk.level";
}

}  // namespace

DiffValues diff_values(const std::vector<Probe>& probes, bool is_declared) {
  std::map<std::string, Asked> asked;
  for (const auto& probe : probes) {
    if (!is_elsewhere(probe.path)) asked[probe.path].add(probe);
  }
  DiffValues out;
  for (const auto& [path, asks] : asked) {
    // One member inside another: what is asked of the outer one is not tried together with it.
    const auto inner = asked.upper_bound(path + ".");
    const bool is_outer = inner != asked.end() && inner->first.starts_with(path + ".");
    const bool is_readable =
        std::find(readable.begin(), readable.end(), root_of(path)) != readable.end();
    if (!asks.is_complete() || !is_readable || root_of(path) == "risk" ||
        (is_outer && asks.asks_values())) {
      out.unproved.push_back(path);
    }
    if (!is_readable) continue;
    if (is_outer) {
      out.members.push_back({split(path, '.'), {absent, Json::object()}});
    } else {
      out.members.push_back({split(path, '.'), asks.values(is_declared)});
    }
  }
  return out;
}

DiffMember risk_values(const std::vector<int>& boundaries) {
  std::set<int> scores{0};
  for (const auto boundary : boundaries) {
    if (boundary > 0 && boundary <= highest_score) scores.insert(boundary);
  }
  DiffMember out{{"risk"}, {absent}};
  for (const auto score : scores) {
    auto dimensions = Json::object();
    for (std::size_t i = 0; i < risk::dimension_count; ++i) {
      dimensions[std::string(risk::to_string(static_cast<risk::Dimension>(i)))] = score;
    }
    out.values.push_back(std::move(dimensions));
  }
  return out;
}

}  // namespace lexecon::decision
