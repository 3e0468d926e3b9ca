#include "risk/model.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "base/text.hpp"
#include "cel/collection.hpp"
#include "cel/reads.hpp"
#include "json/node.hpp"
#include "policy/choice.hpp"
#include "policy/document.hpp"
#include "policy/identifiers.hpp"

namespace lexecon::risk {
namespace {

constexpr std::array<std::string_view, dimension_count> dimension_names{
    "security", "privacy", "compliance", "operational", "reputational", "financial"};
constexpr std::array<std::string_view, 5> level_names{"unknown", "low", "medium", "high",
                                                      "critical"};
constexpr int whole_weight = 10'000;
constexpr int highest = 100;  // of a dimension, and of the score

std::array<int, dimension_count> read_weights(const json::Node& value, const std::string& file) {
  json::NodeReader reader(value, file);
  std::array<int, dimension_count> weights{};
  for (std::size_t i = 0; i < dimension_count; ++i) {
    const auto what = "weights." + std::string(dimension_names.at(i));
    weights.at(i) = static_cast<int>(
        reader.as_integer(reader.get({dimension_names.at(i)}), what, 1, whole_weight));
  }
  reader.finish();
  const int sum = std::accumulate(weights.begin(), weights.end(), 0);
  if (sum != whole_weight) {
    reader.fail(value.mark, "expected weights that sum to 10000, found " + std::to_string(sum));
  }
  return weights;
}

std::array<int, 3> read_levels(const json::Node& value, const std::string& file,
                               std::array<int, 3> levels) {
  json::NodeReader reader(value, file);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto name = level_names.at(i + 2);
    if (const auto* first = reader.find(name)) {
      levels.at(i) =
          static_cast<int>(reader.as_integer(*first, "levels." + std::string(name), 1, 100));
    }
  }
  reader.finish();
  if (levels[0] >= levels[1] || levels[1] >= levels[2]) {
    reader.fail(value.mark, "expected levels that ascend, found medium " +
                                std::to_string(levels[0]) + ", high " + std::to_string(levels[1]) +
                                ", critical " + std::to_string(levels[2]));
  }
  return levels;
}

/// A name of the closed list, refused with "did you mean".
Dimension read_dimension(json::NodeReader& reader) {
  return static_cast<Dimension>(
      policy::choice(reader, reader.get({"dimension"}), "dimension", dimension_names));
}

std::string read_name(json::NodeReader& reader) {
  const auto& value = reader.get({"name"});
  const auto& text = reader.as_text(value, "factor's name");
  if (!policy::is_requirement(text)) {
    reader.fail(value.mark, "expected a factor's name, found `" + printable(text) + "`",
                "a letter, then up to 99 letters, digits and `_`");
  }
  return text;
}

policy::Condition read_when(json::NodeReader& reader, const policy::SourceFile& file,
                            const cel::Names& names) {
  const auto& value = reader.get({"when"});
  const auto text = policy::condition_text(reader, value, "when");
  policy::Condition condition(text.text);
  policy::check(condition, text, names, file);
  const auto reads = cel::reads_of(condition.program(names), names);
  if (std::any_of(reads.begin(), reads.end(),
                  [](const cel::Read& read) { return read.name == "risk"; })) {
    reader.fail(value.mark, "a factor cannot read `risk`, which is made of the factors",
                "read `request.risk` for what the requester gave");
  }
  return condition;
}

std::vector<Factor> read_factors(const json::Node& list, const policy::SourceFile& file,
                                 const cel::Names& names) {
  std::vector<Factor> out;
  std::set<std::string> taken;
  for (const auto& item : list.items) {
    json::NodeReader reader(item, file.name);
    for (const auto* key : {"name", "when", "dimension", "add"}) {
      static_cast<void>(reader.find(key));
    }
    reader.finish();
    auto name = read_name(reader);
    if (!taken.insert(name).second) {
      reader.fail(item.mark, "two factors are called `" + name + "`");
    }
    auto when = read_when(reader, file, names);
    const auto dimension = read_dimension(reader);
    const auto add = reader.as_integer(reader.get({"add"}), "add", 1, highest);
    out.push_back({std::move(name), std::move(when), dimension, static_cast<int>(add)});
  }
  return out;
}

/// floor(sum of w*s / sum of w) over the dimensions that stand there.
std::optional<int> mean(const Model& model, const Dimensions& dimensions) {
  int weighted = 0;
  int weight = 0;
  for (std::size_t i = 0; i < dimension_count; ++i) {
    if (!dimensions.at(i)) continue;
    weighted += model.weights.at(i) * *dimensions.at(i);
    weight += model.weights.at(i);
  }
  if (weight == 0) return std::nullopt;
  return weighted / weight;
}

Level level_of(const Model& model, int score) {
  if (score >= model.first_of_level[2]) return Level::critical;
  if (score >= model.first_of_level[1]) return Level::high;
  return score >= model.first_of_level[0] ? Level::medium : Level::low;
}

}  // namespace

std::string_view to_string(Dimension dimension) {
  return dimension_names.at(static_cast<std::size_t>(dimension));
}

std::optional<Dimension> dimension_from(std::string_view text) {
  for (std::size_t i = 0; i < dimension_count; ++i) {
    if (dimension_names.at(i) == text) return static_cast<Dimension>(i);
  }
  return std::nullopt;
}

std::string_view to_string(Level level) { return level_names.at(static_cast<std::size_t>(level)); }

std::optional<Level> level_from(std::string_view text) {
  const auto* const found = std::find(level_names.begin(), level_names.end(), text);
  if (found == level_names.end()) return std::nullopt;
  return static_cast<Level>(found - level_names.begin());
}

Model load_model(std::string_view bytes, const std::string& file) {
  const auto document = json::read_document(bytes, file);
  Model model;
  json::NodeReader reader(document, file);
  if (const auto* weights = reader.find("weights")) model.weights = read_weights(*weights, file);
  if (const auto* levels = reader.find("levels")) {
    model.first_of_level = read_levels(*levels, file, model.first_of_level);
  }
  if (const auto* threshold = reader.find("threshold")) {
    model.escalate_from = static_cast<int>(reader.as_integer(*threshold, "threshold", 0, 100));
  }
  if (const auto* factors = reader.find("factors")) {
    static_cast<void>(reader.as_list(*factors, "factors"));
    model.factors = read_factors(*factors, {file, bytes}, model.names);
  }
  reader.finish();
  return model;
}

Score score(const Model& model, const Dimensions& requested, const cel::Bindings& bindings,
            cel::Arena& arena) {
  Score out;
  Dimensions modelled{};
  for (const auto& factor : model.factors) {
    auto answer = factor.when.ask(model.names, bindings, arena);
    if (answer.truth == policy::Truth::no) continue;
    auto& dimension = modelled.at(static_cast<std::size_t>(factor.dimension));
    dimension = std::min(dimension.value_or(0) + factor.add, highest);
    out.factors.push_back({factor.name, std::move(answer.fault)});
  }
  for (std::size_t i = 0; i < dimension_count; ++i) {
    out.dimensions.at(i) = std::max(modelled.at(i), requested.at(i));  // nothing is below 0
  }
  out.score = std::max(mean(model, modelled), mean(model, out.dimensions));
  if (out.score) out.level = level_of(model, *out.score);
  return out;
}

cel::Value value_of(const Score& score, cel::Arena& arena) {
  if (!score.score) return cel::Value::map(std::span<const cel::Pair>{});
  cel::Growing<cel::Pair> dimensions(arena);
  for (std::size_t i = 0; i < dimension_count; ++i) {
    if (!score.dimensions.at(i)) continue;
    dimensions.push(
        {cel::Value::text(dimension_names.at(i)), cel::Value::integer(*score.dimensions.at(i))});
  }
  const auto factors = arena.make<cel::Value>(score.factors.size());
  for (std::size_t i = 0; i < factors.size(); ++i) {
    factors[i] = cel::Value::text(score.factors[i].name);
  }
  const auto members = arena.make<cel::Pair>(4);
  members[0] = {cel::Value::text("dimensions"), *cel::map_of(dimensions.items())};
  members[1] = {cel::Value::text("factors"), cel::Value::list(factors)};
  members[2] = {cel::Value::text("level"), cel::Value::text(to_string(score.level))};
  members[3] = {cel::Value::text("score"), cel::Value::integer(*score.score)};
  return cel::Value::map(members);
}

}  // namespace lexecon::risk
