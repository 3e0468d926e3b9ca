#include "risk/model.hpp"

#include <numeric>

#include "base/text.hpp"
#include "json/node.hpp"

namespace lexecon::risk {
namespace {

constexpr std::array<std::string_view, dimension_count> dimension_names{
    "security", "privacy", "compliance", "operational", "reputational", "financial"};
constexpr std::array<std::string_view, 5> level_names{"unknown", "low", "medium", "high",
                                                      "critical"};
constexpr int whole_weight = 10'000;

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

void refuse_factors(json::NodeReader& reader, const json::Node& value) {
  const auto factors = reader.as_list(value, "factors");
  if (factors.empty()) return;
  reader.fail(factors.front().mark,
              "conditions are not supported by this version: a risk factor has one",
              "remove `factors`; give the dimensions with the request");
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
  if (const auto* factors = reader.find("factors")) refuse_factors(reader, *factors);
  reader.finish();
  return model;
}

Score score(const Model& model, const Dimensions& requested) {
  Score out;
  out.dimensions = requested;
  int weighted = 0;
  int weight = 0;
  for (std::size_t i = 0; i < dimension_count; ++i) {
    if (!requested.at(i)) continue;
    weighted += model.weights.at(i) * *requested.at(i);
    weight += model.weights.at(i);
  }
  if (weight == 0) return out;
  out.score = weighted / weight;
  out.level = level_of(model, *out.score);
  return out;
}

}  // namespace lexecon::risk
