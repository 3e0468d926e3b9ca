// What a log has for the kinds of evidence of a rulebook, found in one pass.
//
// Shapes   told of entries in order of seq. Of a kind that stands, entries before the period count too; what an
//          entry grants until another takes it back (an approval, a hold, an operator, a stop) counts while it is
//          in force at the end of the period. Of other kinds, entries of the period alone. A document is an entry
//          evidence.linked whose control is <rulebook>:<id of the demand>, before the end of the period, as long as its
//          content was not erased, whenever that was
// Units    nothing is kept of an entry but of those that stand and can be taken back
// Source   lexecon-report(5), Evidence; lexecon-rulebook(5), Kinds
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "chain/entry_view.hpp"
#include "compliance/evidence_set.hpp"
#include "compliance/rulebook.hpp"

namespace lexecon::compliance {

/// `to` is exclusive.
struct Window {
  Timestamp from;
  Timestamp to;

  [[nodiscard]] bool has(Timestamp at) const { return from <= at && at < to; }
};

struct Found {
  std::map<std::string, EvidenceSet, std::less<>> kinds;      // by kind, or "<kind> <demand>"
  std::map<std::string, EvidenceSet, std::less<>> documents;  // by demand
  std::set<std::string, std::less<>> erased;                  // evidence ids

  /// nullptr where no entry can show that kind.
  [[nodiscard]] const EvidenceSet* of(const EvidenceKind& kind, std::string_view demand) const;
  /// nullptr where nobody linked one.
  [[nodiscard]] const EvidenceSet* documents_of(std::string_view demand) const;
};

/// Whether entries are evidence of the one demand that they name.
[[nodiscard]] bool names_demands(const EvidenceKind& kind);

class Collector {
 public:
  /// The rulebook must outlive it.
  Collector(const Rulebook& rulebook, Window window);

  /// `data` are the bytes of the entry's data, `line` is digest_line() of the mark.
  void take(const chain::EntryView& entry, std::string_view data, const EvidenceMark& mark,
            std::string_view line);
  [[nodiscard]] Found finish();

 private:
  /// What stands until it is taken back.
  struct Held {
    EvidenceMark mark;
    std::string of;  // the name of what ends it
  };
  struct Query {
    std::string name;    // in Found::kinds
    std::string demand;  // <rulebook>:<id>, where entries name it
    bool stands = false;
    bool is_held = false;  // an entry of it can be taken back
    EvidenceGatherer set;
    std::vector<Held> held;
  };
  struct Asked {
    const EntryMatch* match;
    std::size_t query;
  };

  void ask(const EvidenceKind& kind, const std::string& demand);
  void end_what(std::string_view event_type, std::string_view data);
  void end_erased(std::string_view data);
  void end(const std::string& name);
  void take_document(std::string_view data, const EvidenceMark& mark);
  [[nodiscard]] static EvidenceSet set_of(const std::vector<Held>& all);
  void add(Query& query, std::string_view event_type, std::string_view data,
           const EvidenceMark& mark, std::string_view line);

  const Rulebook& rulebook_;
  Window window_;
  std::vector<Query> queries_;
  std::map<std::string, std::vector<Asked>, std::less<>> asked_;  // by event type
  std::map<std::string, std::vector<Held>, std::less<>> documents_;
  std::map<std::uint64_t, std::string> contents_;  // evidence ids, by the entry that added them
  std::set<std::string, std::less<>> erased_;
};

}  // namespace lexecon::compliance
