// Risk: explicit dimensions and a model's factors -> score and level, in integers.
//
// Shapes   a factor that fires adds to one dimension of the model, to at most 100; where a condition
//          has no value the factor fires. Dimensions security privacy compliance operational reputational financial, 0 to 100;
//          score = floor(sum of w*s / sum of w) over the dimensions that were scored
// Units    weights in ten-thousandths, summing to 10,000
// Errors   Error{bad_input} with file:line:col for risk.yaml
// Source   lexecon(7), Risk; lexecon-node(5), risk.yaml
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/condition.hpp"

namespace lexecon::risk {

enum class Dimension : std::uint8_t {
  security,
  privacy,
  compliance,
  operational,
  reputational,
  financial,
};
inline constexpr std::size_t dimension_count = 6;
[[nodiscard]] std::string_view to_string(Dimension dimension);
[[nodiscard]] std::optional<Dimension> dimension_from(std::string_view text);

enum class Level : std::uint8_t { unknown, low, medium, high, critical };
[[nodiscard]] std::string_view to_string(Level level);
[[nodiscard]] std::optional<Level> level_from(std::string_view text);

using Dimensions = std::array<std::optional<int>, dimension_count>;

/// Its condition reads everything but `risk`.
struct Factor {
  std::string name;
  policy::Condition when;
  Dimension dimension = Dimension::security;
  int add = 1;  // 1 to 100
};

struct Model {
  std::array<int, dimension_count> weights{2500, 2000, 2000, 1500, 1000, 1000};
  std::array<int, 3> first_of_level{26, 51, 80};  // medium, high, critical
  int escalate_from = 80;
  std::vector<Factor> factors;
  cel::Names names = cel::condition_names();  // of the factors
};

/// A risk.yaml; every key is optional.
[[nodiscard]] Model load_model(std::string_view bytes, const std::string& file);

struct Score {
  std::optional<int> score;  // nothing when no dimension was scored
  Level level = Level::unknown;
  Dimensions dimensions;
  struct Fired {
    std::string name;
    std::string fault;  // why its condition has no value; empty: it is true
  };
  std::vector<Fired> factors;  // in the order of the model
};

/// Each dimension is the larger of the model's and the requested one. The score is the larger of that
/// of the model alone and that of all, so that nothing a requester gives lowers what the model says.
[[nodiscard]] Score score(const Model& model, const Dimensions& requested,
                          const cel::Bindings& bindings, cel::Arena& arena);
/// What conditions read as `risk`: {dimensions, factors, level, score}, empty when nothing was scored.
[[nodiscard]] cel::Value value_of(const Score& score, cel::Arena& arena);

}  // namespace lexecon::risk
