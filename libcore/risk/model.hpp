// Risk: explicit dimensions and a model's factors -> score and level, in integers.
//
// Shapes   dimensions security privacy compliance operational reputational financial, 0 to 100;
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

#include "json/fwd.hpp"

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

using Dimensions = std::array<std::optional<int>, dimension_count>;

struct Model {
  std::array<int, dimension_count> weights{2500, 2000, 2000, 1500, 1000, 1000};
  std::array<int, 3> first_of_level{26, 51, 80};  // medium, high, critical
  int escalate_from = 80;
};

/// A risk.yaml; every key is optional. A factor is refused: conditions are not supported yet.
[[nodiscard]] Model load_model(std::string_view bytes, const std::string& file);

struct Score {
  std::optional<int> score;  // nothing when no dimension was scored
  Level level = Level::unknown;
  Dimensions dimensions;
};

[[nodiscard]] Score score(const Model& model, const Dimensions& requested);

}  // namespace lexecon::risk
