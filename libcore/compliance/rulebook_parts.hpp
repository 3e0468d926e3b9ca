// The parts of a rulebook's file: kinds of evidence, dates of a law, demands.
//
// Errors   Error{bad_input}, where = "file:line:col"
// Source   lexecon-rulebook(5)
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "compliance/evidence_kind.hpp"
#include "compliance/law.hpp"
#include "compliance/rulebook.hpp"
#include "json/node.hpp"

namespace lexecon::compliance {

/// Ascending by id.
[[nodiscard]] std::vector<EvidenceKind> read_kinds(const json::Node& node, const std::string& file);

[[nodiscard]] std::vector<LawVersion> read_versions(const json::NodeReader& reader,
                                                    const json::Node& node,
                                                    const std::string& file);
/// What demands may name as their dates: one item for each version of the law.
using DateClasses = std::map<std::string, std::vector<LawDates>, std::less<>>;
[[nodiscard]] DateClasses read_date_classes(const json::Node& node, const std::string& file,
                                            std::size_t versions);
[[nodiscard]] std::vector<Penalty> read_penalties(const json::Node& node, const std::string& file);

/// What demands may refer to.
struct DemandGround {
  const std::string& file;
  std::size_t versions;
  std::span<const EvidenceKind> kinds;
  const DateClasses& dates;
  std::span<const Penalty> penalties;
};
[[nodiscard]] Demand read_demand(const json::Node& node, const DemandGround& ground);

}  // namespace lexecon::compliance
