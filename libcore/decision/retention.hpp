// How long sealed content is kept: `retention` of node.yaml, and what its classes say of an entry.
//
// Shapes   a class applies to an entry that fits every member of `applies`; what fits none is not kept, and
//          never expires
// Units    a span from the entry's timestamp or from a date, by the calendar where it says months or years
// Errors   Error{bad_input} with file:line:col
// Source   lexecon-node(5), Retention
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "chain/entry.hpp"
#include "json/node.hpp"

namespace lexecon::decision {

/// The legal basis of an erasure of what has expired: the classes of the set in force say why.
inline constexpr std::string_view basis_retention = "retention";

/// What an entry says by itself; an empty list is not asked.
struct Applies {
  std::vector<std::string> event_types;
  std::vector<std::string> evidence_types;
  std::vector<std::string> actors;        // patterns
  std::vector<std::string> actions;       // patterns
  std::vector<std::string> data_classes;  // patterns, one of which hits one of them
  bool high_risk_system = false;          // the actor is one of `high_risk_systems`
};

struct RetentionClass {
  std::string name;
  Applies applies;
  Span keep;
  std::string keep_text;          // as it was written
  std::optional<Timestamp> from;  // a date; nothing: when the entry was recorded
  std::string basis;              // a code
  std::string law;
  bool is_floor = false;                  // nobody erases before the end
  bool erases = false;                    // from the end on it has expired
  std::vector<std::string> gives_way_to;  // legal bases of erasures that the floor does not stop
};

struct RetentionRules {
  std::vector<RetentionClass> classes;         // in the order of the file
  std::vector<std::string> high_risk_systems;  // patterns of actors
};

[[nodiscard]] RetentionRules read_retention(const json::Node& node, const std::string& file);
/// `retention` of a whole node.yaml; no classes when it has none.
[[nodiscard]] RetentionRules load_retention(std::string_view bytes, const std::string& file);

/// A class, and when it ends for an entry.
struct Period {
  const RetentionClass* of = nullptr;
  Timestamp end;
};
/// Of each class that applies, in the order of the file.
[[nodiscard]] std::vector<Period> periods_of(const RetentionRules& rules,
                                             const chain::Entry& entry);
/// The floor that ends last, of those that this basis does not lift.
[[nodiscard]] std::optional<Period> floor_of(const RetentionRules& rules, const chain::Entry& entry,
                                             std::string_view legal_basis);
/// When the content expires, if it ever does: some class erases it, and none that erases or is a floor goes on.
[[nodiscard]] std::optional<Period> expiry_of(const RetentionRules& rules,
                                              const chain::Entry& entry);

}  // namespace lexecon::decision
