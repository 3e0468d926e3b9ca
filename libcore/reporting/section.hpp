// What is particular to a kind of report: sees each entry of the log once, and tells what it found.
//
// Shapes   a section of lexecon.report/1: {id, title, text, facts, table, figure, to_complete}; every number of entries
//          stands in the book, whose ids the section names
// Source   lexecon-report(5)
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chain/checkpoint.hpp"
#include "chain/entry_view.hpp"
#include "compliance/evidence_set.hpp"
#include "compliance/incident.hpp"
#include "compliance/profile.hpp"
#include "compliance/statements.hpp"
#include "json/json.hpp"
#include "reporting/report.hpp"
#include "store/database.hpp"

namespace lexecon::reporting {

/// An entry on its way past the sections.
struct Seen {
  const chain::EntryView& entry;
  std::string_view bytes;  // B
  std::string_view data;   // of B
  const Hash& hash;
  bool in_period = false;
  bool selected = false;   // of a decision that the system's profile selects, or what hangs on one
  bool node_wide = false;  // of no decision: it governs every system
};

/// Everything that a section may ask once the pass is over.
struct Ground {
  const service::Node& node;
  store::Database& database;  // in one snapshot
  const Wish& wish;
  const compliance::Profile* profile = nullptr;  // nullptr: the whole node
  const compliance::Statements& statements;
  const compliance::Incidents& incidents;
  chain::Checkpoint checkpoint;  // of the size that is reported on
  Timestamp end;                 // of the period, exclusive, or of the log if that is before
  const Json& rows;              // those of the report, as they stand in it
  const Json& summary;           // likewise; of all rows, where the report shows none
};

/// The sets of entries that a report names, E1, E2 and so on in the order in which they are first named.
class Book {
 public:
  /// The id of a set, which is kept once; nothing is left out of it for being empty.
  std::string add(const compliance::EvidenceSet& set, std::string_view what);
  [[nodiscard]] const std::vector<std::pair<std::string, compliance::EvidenceSet>>& sets() const {
    return sets_;
  }

 private:
  std::vector<std::pair<std::string, compliance::EvidenceSet>> sets_;  // what it is, and the set
};

class Section {
 public:
  Section() = default;
  virtual ~Section() = default;
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  virtual void see(const Seen& /*seen*/) {}
  [[nodiscard]] virtual Json tell(const Ground& ground, Book& book) = 0;
};

/// Of a kind, in their order.
[[nodiscard]] std::vector<std::unique_ptr<Section>> sections_of(const Wish& wish);

}  // namespace lexecon::reporting
