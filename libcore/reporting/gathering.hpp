// What a report keeps of the entries that pass: evidence by kind, sets for its header, statements, incidents, and
// what its sections see.
//
// Errors   Error{integrity} for a statement or an incident that cannot be
// Source   lexecon-report(5), Selection
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compliance/collector.hpp"
#include "compliance/evidence_set.hpp"
#include "compliance/incident.hpp"
#include "compliance/selection.hpp"
#include "compliance/statements.hpp"
#include "reporting/log_pass.hpp"
#include "reporting/section.hpp"
#include "reporting/systems.hpp"

namespace lexecon::reporting {

/// Entries of the period.
struct Gathered {
  compliance::EvidenceSet entries;
  compliance::EvidenceSet selected;  // of the system, or all that are of a decision or a system
  compliance::EvidenceSet node_wide;
  compliance::EvidenceSet unselected;  // of decisions that no profile selects
  compliance::Found found;
};

/// Who had a say, by the entries that passed.
struct People {
  std::optional<std::uint64_t> first_operator;
  std::optional<std::string> four_eyes;  // of the last set
};

class Gathering {
 public:
  /// What is given must outlive it.
  Gathering(const std::vector<System>& systems, const System* system,
            const compliance::Rulebook& rulebook, compliance::Window window,
            const std::vector<std::unique_ptr<Section>>& sections);

  void take(const Read& read);
  /// Once, when all have passed.
  [[nodiscard]] Gathered finish();

  [[nodiscard]] const compliance::Statements& statements() const { return statements_; }
  [[nodiscard]] const compliance::Incidents& incidents() const { return incidents_; }
  [[nodiscard]] const People& people() const { return people_; }
  [[nodiscard]] std::optional<Timestamp> last_at() const { return last_at_; }

 private:
  void take_statement(const Read& read);
  void take_people(const chain::EntryView& entry, std::string_view data);

  compliance::Window window_;
  compliance::Selection selection_;
  compliance::Collector collector_;
  const std::vector<std::unique_ptr<Section>>& sections_;
  compliance::EvidenceGatherer entries_;
  compliance::EvidenceGatherer selected_;
  compliance::EvidenceGatherer node_wide_;
  compliance::EvidenceGatherer unselected_;
  compliance::Statements statements_;
  compliance::Incidents incidents_;
  People people_;
  std::optional<Timestamp> last_at_;
};

}  // namespace lexecon::reporting
