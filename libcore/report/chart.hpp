// Charts as SVG inside a page: no script, no link but to sets of entries of the same page.
//
// Shapes   every text is escaped and cut to fit; colours are attributes that a page may override by class
// Source   SVG 1.1; lexecon-report(5), figures
#pragma once

#include <string>

#include "json/fwd.hpp"
#include "report/model.hpp"

namespace lexecon::report {

/// How many rows there are of each applicability and each state of evidence: the matrix of a summary; nothing
/// without rows.
[[nodiscard]] std::string matrix_svg(const Json& matrix);
[[nodiscard]] std::string bars_svg(const Json& figure);
/// What flows from where to where: as the policy set declares it, and as the entries show it.
[[nodiscard]] std::string flow_svg(const Json& figure);

}  // namespace lexecon::report
