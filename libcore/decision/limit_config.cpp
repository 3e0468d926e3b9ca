#include "decision/limit_config.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"
#include "json/parse.hpp"

namespace lexecon::decision {
namespace {

constexpr std::size_t max_limits = 16;
constexpr std::int64_t max_count = 100'000;  // so that counting stays cheap
constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t max_window = std::int64_t{366} * 86'400 * micros_per_second;
constexpr std::size_t least_limit_bytes = 32;

/// Whether node.yaml can say so.
bool is_possible(const Limit& limit) {
  const bool is_budget = limit.kind == LimitKind::budget;
  const bool is_breaker = limit.kind == LimitKind::breaker;
  const auto counted = is_breaker ? Measure::failures : Measure::decisions;
  const bool fits = is_budget
                        ? limit.measure >= Measure::cost_micros && limit.allowed >= 0
                        : limit.measure == counted && limit.per != Per::model && limit.window > 0 &&
                              limit.allowed >= 1 && limit.allowed <= max_count;
  return fits && is_node_id(limit.name) && limit.allowed <= json::max_integer &&
         limit.window >= 0 && limit.window <= max_window &&
         (is_breaker ? limit.open_for > 0 && limit.open_for <= max_window : limit.open_for == 0);
}

std::int64_t read_span(const json::NodeReader& reader, const json::Node& value,
                       const std::string& what) {
  const auto& text = reader.as_text(value, what);
  const auto span = parse_span(text);
  if (!span || span->months != 0 || span->micros > max_window) {
    reader.fail(value.mark,
                "expected a span of 1s to 366d as " + what + ", found `" + printable(text) + "`",
                "write it as `90s`, `5m`, `12h` or `30d`");
  }
  return span->micros;
}

Per read_per(const json::NodeReader& reader, const json::Node& value,
             std::initializer_list<Per> choices) {
  const auto& text = reader.as_text(value, "per");
  std::vector<std::string> words;
  for (const auto choice : choices) {
    words.emplace_back(to_string(choice));
    if (words.back() == text) return choice;
  }
  reader.fail(value.mark,
              "expected " + join(words, ", ") + " as per, found `" + printable(text) + "`");
}

std::string read_name(const json::NodeReader& reader, const json::Node& value) {
  const auto& name = reader.as_text(value, "name");
  if (!is_node_id(name)) {
    reader.fail(value.mark, "expected a name, found `" + printable(name) + "`",
                "1 to 64 of lower-case letters, digits and `._-`, first a letter or digit");
  }
  return name;
}

Limit read_limit(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  Limit out;
  out.name = read_name(reader, reader.get({"name"}));
  out.per = read_per(reader, reader.get({"per"}), {Per::actor, Per::tenant, Per::node});
  out.window = read_span(reader, reader.get({"window"}), "window");
  out.allowed = reader.as_integer(reader.get({"max"}), "max", 1, max_count);
  reader.finish();
  return out;
}

Limit read_breaker(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  Limit out;
  out.kind = LimitKind::breaker;
  out.measure = Measure::failures;
  out.name = read_name(reader, reader.get({"name"}));
  out.per = read_per(reader, reader.get({"per"}), {Per::actor, Per::tenant, Per::node});
  out.window = read_span(reader, reader.get({"window"}), "window");
  out.allowed = reader.as_integer(reader.get({"failures"}), "failures", 1, max_count);
  out.open_for = read_span(reader, reader.get({"open_for"}), "open_for");
  reader.finish();
  return out;
}

Limit read_budget(const json::Node& node, const std::string& file) {
  json::NodeReader reader(node, file);
  Limit out;
  out.kind = LimitKind::budget;
  out.name = read_name(reader, reader.get({"name"}));
  out.per = read_per(reader, reader.get({"per"}), {Per::tenant, Per::model, Per::actor, Per::node});
  const auto& window = reader.get({"window"});
  if (window.kind != json::Node::Kind::text || window.text != "month") {
    out.window = read_span(reader, window, "window");
  }
  for (const auto measure : {Measure::cost_micros, Measure::input_tokens, Measure::output_tokens}) {
    const auto key = "max_" + std::string(to_string(measure));
    const auto* const value = reader.find(key);
    if (value == nullptr) continue;
    if (out.measure != Measure::decisions) {
      reader.fail(value->mark, "expected one maximum of a budget, found a second",
                  "write a second budget with a name of its own");
    }
    out.measure = measure;
    out.allowed = reader.as_integer(*value, key, 0, json::max_integer);
  }
  if (out.measure == Measure::decisions) {
    reader.fail(node.mark,
                "expected max_cost_micros, max_input_tokens or max_output_tokens of a budget");
  }
  reader.finish();
  return out;
}

using Read = Limit (*)(const json::Node&, const std::string&);
constexpr std::array<std::pair<std::string_view, Read>, 3> sections{
    {{"limits", read_limit}, {"breakers", read_breaker}, {"budgets", read_budget}}};

}  // namespace

std::vector<Limit> read_limits(json::NodeReader& reader, const std::string& file) {
  std::vector<Limit> out;
  for (const auto& [key, read] : sections) {
    const auto* const list = reader.find(key);
    if (list == nullptr) continue;
    for (const auto& item : reader.as_list(*list, key)) {
      auto limit = read(item, file);
      const auto at = std::lower_bound(
          out.begin(), out.end(), limit,
          [](const Limit& one, const Limit& other) { return one.name < other.name; });
      if (at != out.end() && at->name == limit.name) {
        reader.fail(item.mark, "the name `" + limit.name + "` stands twice",
                    "limits, breakers and budgets share their names");
      }
      if (out.size() == max_limits) {
        reader.fail(item.mark, "expected at most 16 limits, breakers and budgets");
      }
      out.insert(at, std::move(limit));
    }
  }
  return out;
}

void pack(Packer& packer, const std::vector<Limit>& limits) {
  packer.count(limits.size());
  for (const auto& [kind, name, per, window, allowed, measure, open_for] : limits) {
    packer.choice(kind);
    packer.text(name);
    packer.choice(per);
    packer.number(static_cast<std::uint64_t>(window), 8);
    packer.number(static_cast<std::uint64_t>(allowed), 8);
    packer.choice(measure);
    packer.number(static_cast<std::uint64_t>(open_for), 8);
  }
}

std::vector<Limit> unpack_limits(Unpacker& unpacker) {
  const auto number = [&](std::int64_t most) {
    return static_cast<std::int64_t>(unpacker.number(8, 0, static_cast<std::uint64_t>(most)));
  };
  std::vector<Limit> limits(unpacker.count(least_limit_bytes));
  for (std::size_t i = 0; i < limits.size(); ++i) {
    auto& [kind, name, per, window, allowed, measure, open_for] = limits[i];
    kind = unpacker.choice(LimitKind::budget);
    name = unpacker.text();
    per = unpacker.choice(Per::tenant);
    window = number(max_window);
    allowed = number(json::max_integer);
    measure = unpacker.choice(Measure::output_tokens);
    open_for = number(max_window);
    if (!is_possible(limits[i]) || (i > 0 && name <= limits[i - 1].name)) Unpacker::refuse();
  }
  if (limits.size() > max_limits) Unpacker::refuse();
  return limits;
}

}  // namespace lexecon::decision
