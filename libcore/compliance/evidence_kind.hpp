// Kinds of evidence: which entries can show something, whatever it is that asks for it.
//
// Source   lexecon-rulebook(5); policies/rulebooks/evidence_kinds.yaml
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace lexecon::compliance {

/// Entries of a type that have all of what is asked here: evidence of some kind.
struct EntryMatch {
  struct Member {
    std::string pointer;              // in data, as in /type
    std::vector<std::string> values;  // texts; none: anything that is there but null, "" and []
  };
  std::string event_type;
  std::vector<Member> where;
  bool is_signed = false;  // an operator has to have signed it: data has the member approval
  // Pointers to texts that, joined by ':', are <rulebook>:<id> of the demand: then the entry is evidence of
  // that demand alone, of no other one of the kind. Empty: of all of them.
  std::vector<std::string> demand_at;
};

/// A kind of evidence.
struct EvidenceKind {
  std::string id;
  std::string meaning;  // one line
  // Empty: no entry is by itself; somebody declares it, or shows a document.
  std::vector<EntryMatch> matches;
  bool stands = false;  // true: one before the period counts too, until it is `stale_after` old
  std::optional<Span> stale_after;
  // Of something that need not happen, as an incident: where other kinds of a demand are on record, it lacks none.
  bool is_occasional = false;
};

}  // namespace lexecon::compliance
