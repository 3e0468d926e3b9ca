// What a person wrote beside an entry: texts by name, sealed, until they are erased.
//
// Errors   Error{bad_input} for a text that may not stand there; Error{integrity} where it is missing and was never
//          erased, or is of another shape
// Source   lexecon-ledger(5), Sealed content
#pragma once

#include <map>
#include <optional>
#include <string>

#include "chain/entry.hpp"
#include "json/json.hpp"
#include "store/database.hpp"

namespace lexecon::service {

struct Written {
  Json texts = Json::object();  // by name; of what was erased none
  bool erased = false;

  /// Null where it was not written, or erased.
  [[nodiscard]] Json text(const char* name) const { return texts.value(name, Json()); }
};

[[nodiscard]] Written written_beside(store::Database& database, const chain::Entry& entry);
/// To be sealed: the texts that there are, each of 1 to 65,536 bytes; nothing where there are none.
[[nodiscard]] std::optional<Json> sealed_texts(
    const std::map<std::string, std::optional<std::string>>& texts);

}  // namespace lexecon::service
