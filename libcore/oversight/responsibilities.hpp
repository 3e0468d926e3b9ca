// Who was made responsible for decisions, on record.
//
// Shapes   the newest assignment of a decision is in force; those before it stay its history
// Errors   Error{integrity} when sealed content is not what it was
// Source   lexecon-ledger(5), responsibility.assigned
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "authority/responsibility.hpp"
#include "chain/entry.hpp"
#include "store/database.hpp"

namespace lexecon::oversight {

struct Responsibility {
  authority::Assignment assignment;
  chain::Entry entry;
};
/// Of all decisions, or of one, oldest first: told by entries, each hashed again; no row is asked.
void each_responsibility(store::Database& database, std::optional<std::string_view> decision_id,
                         const std::function<void(Responsibility)>& visit);

/// The reasoning that is sealed beside an assignment.
struct Reasoning {
  std::optional<std::string> text;  // nothing when none was given, or when it was erased
  bool erased = false;
};
[[nodiscard]] Json sealed_reasoning(const std::string& text);
[[nodiscard]] Reasoning reasoning_of(store::Database& database, const chain::Entry& entry);

void apply_responsibility(store::Database& database, const chain::Entry& entry);

}  // namespace lexecon::oversight
