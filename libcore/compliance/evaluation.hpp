// What is on record for a demand: evidence, what somebody concluded from it, and what is missing.
//
// Shapes   evidence says what is there, never that a demand is met: only a conclusion says that, and a named person
//          signs it. Entries alone show what is `evidences` or a control mapped as strong; for what is `supports` or
//          mapped less they are a part, and a document or a declaration has to stand beside them; what is
//          `external` they never show
// Source   lexecon-report(5), Evidence, Conclusions, Gaps
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/applicability.hpp"
#include "compliance/collector.hpp"
#include "compliance/evidence_set.hpp"
#include "compliance/rulebook.hpp"
#include "compliance/statements.hpp"

namespace lexecon::compliance {

enum class EvidenceState : std::uint8_t { present, partial, none, declared, external, stale };
[[nodiscard]] std::string_view to_string(EvidenceState state);

/// Of one kind that a demand lists: never partial.
struct KindFinding {
  const EvidenceKind* kind = nullptr;
  EvidenceState state = EvidenceState::none;
  const EvidenceSet* entries = nullptr;  // or documents; nullptr: none
  const Statement* statement = nullptr;  // a declaration that stands for it, or did
  std::string detail;                    // why it is stale; empty otherwise
};

struct EvidenceFinding {
  EvidenceState state = EvidenceState::none;
  std::vector<KindFinding> kinds;          // in the order of the demand
  const EvidenceSet* documents = nullptr;  // linked to the demand
  const Statement* declaration = nullptr;  // of the whole item
  std::vector<std::string> lacks;          // kinds
  std::string note;                        // what no kind says; empty mostly
};

struct Gap {
  std::vector<std::string> missing;  // kinds, or sentences
  std::string action;                // one line
  const Statement* remediation = nullptr;
  std::optional<Date> due;
};

/// What demands are held against.
struct Record {
  const Rulebook& rulebook;
  const Found& found;
  const Statements& statements;
  std::optional<std::string> system;  // nothing: the whole node
  Date from;                          // the period, both ends in it
  Date to;
};

[[nodiscard]] EvidenceFinding evidence_of(const Demand& demand, const Record& record);
/// The newest that is about a part of the period, expired or not.
[[nodiscard]] const Statement* conclusion_of(const Demand& demand, const Record& record);
/// Who leaves the control out of what applies, in the words of a statement of applicability; nullptr: nobody.
[[nodiscard]] const Statement* exclusion_of(const Demand& demand, const Record& record);
/// Nothing where nothing is missing, or nothing is asked.
[[nodiscard]] std::optional<Gap> gap_of(const Demand& demand, const Applicability& applicability,
                                        const EvidenceFinding& evidence, const Record& record);

}  // namespace lexecon::compliance
